import type { ChatMessage, TextEntity, UserAccount } from '../control-types.ts'
import { ChatEvents } from './chat-events.ts'
import type { Surroundings } from './surroundings.ts'

export type StoredMessage = {
  id: number
  from: 'user' | 'bot'
  dateMs: number
  text: string
  entities: TextEntity[]
  replyTo: number | null
  editDateMs: number | null
  reactions: string[]
}

/** The private chat of one bot and one user. */
export class Chat {
  readonly user: UserAccount
  readonly events: ChatEvents
  readonly #messages = new Map<number, StoredMessage>()
  readonly #maxMessages: number
  #blocked = false

  constructor(user: UserAccount, { limits }: Surroundings) {
    this.user = user
    this.events = new ChatEvents(limits.maxEventsPerChat)
    this.#maxMessages = limits.maxMessagesPerChat
  }

  get id(): number {
    return this.user.id
  }

  get blocked(): boolean {
    return this.#blocked
  }

  find(messageId: number): StoredMessage | null {
    return this.#messages.get(messageId) ?? null
  }

  messages(): StoredMessage[] {
    return [...this.#messages.values()]
  }

  add(message: StoredMessage): void {
    this.#messages.set(message.id, message)
    const [oldest] = this.#messages.keys()
    if (this.#messages.size > this.#maxMessages && oldest !== undefined) this.#messages.delete(oldest)
    this.events.append({ type: 'message', message: toChatMessage(message) })
  }

  edit(message: StoredMessage, change: Pick<StoredMessage, 'text' | 'entities' | 'editDateMs'>): void {
    Object.assign(message, change)
    this.events.append({ type: 'message_edited', message: toChatMessage(message) })
  }

  react(message: StoredMessage, emoji: string[]): void {
    message.reactions = [...emoji]
    this.events.append({ type: 'reaction', message: toChatMessage(message) })
  }

  remove(messageId: number): void {
    if (this.#messages.delete(messageId)) {
      this.events.append({ type: 'message_deleted', message_id: messageId })
    }
  }

  setBlocked(blocked: boolean): void {
    this.#blocked = blocked
    this.events.append({ type: 'blocked', blocked })
  }
}

export function toChatMessage(message: StoredMessage): ChatMessage {
  return {
    message_id: message.id,
    from: message.from,
    dateMs: message.dateMs,
    text: message.text,
    entities: structuredClone(message.entities),
    replyToMessageId: message.replyTo,
    edited: message.editDateMs !== null,
    editDateMs: message.editDateMs,
    reactions: [...message.reactions],
  }
}
