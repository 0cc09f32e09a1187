import type { Message } from '../../server/contract/message.ts'
import { type ConsoleCache, changeMessage } from './console-cache.ts'
import type { Store } from './store.ts'
import type { Client } from './trpc.ts'

/** Changes messages: each is shown at once, and taken back where the server does not take it. */
export class MessageChanges {
  readonly #client: Client
  readonly #cache: Store<ConsoleCache>

  constructor(client: Client, cache: Store<ConsoleCache>) {
    this.#client = client
    this.#cache = cache
  }

  edit(message: Message, content: string): Promise<void> {
    const guess = { ...message, content, editedAt: new Date().toISOString() }
    return this.#change(message, guess, () =>
      this.#client.messages.edit.mutate({ messageId: message.id, content }),
    )
  }

  /** Takes a message back for everyone. */
  unsend(message: Message): Promise<void> {
    const { attachments: _attachments, extras: _extras, ...rest } = message
    const guess = { ...rest, content: '', deletedAt: new Date().toISOString() }
    return this.#change(message, guess, () => this.#client.messages.unsend.mutate({ messageId: message.id }))
  }

  /** Puts our side's one reaction on a message, or with null takes it away. */
  react(message: Message, emoji: string | null): Promise<void> {
    const others = (message.extras?.reactions ?? []).filter(({ by }) => by !== 'agent')
    const reactions = emoji === null ? others : [...others, { by: 'agent' as const, emoji }]
    const guess = { ...message, extras: { ...message.extras, reactions } }
    return this.#change(message, guess, () =>
      this.#client.messages.react.mutate({ messageId: message.id, emoji }),
    )
  }

  async #change(before: Message, guess: Message, ask: () => Promise<Message>): Promise<void> {
    this.#show(guess)
    try {
      this.#show(await ask())
    } catch (error) {
      // An event that came meanwhile knows better than what was there before.
      if (this.#held(before) === guess) this.#show(before)
      throw error
    }
  }

  #show(message: Message): void {
    this.#cache.set((cache) => changeMessage(cache, message))
  }

  #held({ id, conversationId }: Message): Message | undefined {
    return this.#cache
      .get()
      .threads.get(conversationId)
      ?.messages.find((one) => one.id === id)
  }
}
