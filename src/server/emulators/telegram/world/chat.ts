import { EventHistory } from '../../event-history.ts'
import type { UserAccount } from '../control-types.ts'
import type { ChatEvent } from '../message-types.ts'
import { type StoredMessage, toChatMessage } from './stored-message.ts'
import type { Surroundings } from './surroundings.ts'

/** The private chat of one bot and one user. */
export class Chat {
  readonly user: UserAccount
  readonly events: EventHistory<ChatEvent>
  readonly #messages = new Map<number, StoredMessage>()
  readonly #maxMessages: number
  #blocked = false

  constructor(user: UserAccount, { limits }: Surroundings) {
    this.user = user
    this.events = new EventHistory(limits.maxEventsPerChat)
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

  react(message: StoredMessage, change: Partial<Pick<StoredMessage, 'reactions' | 'botReactions'>>): void {
    Object.assign(message, change)
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
