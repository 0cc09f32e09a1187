import { ControlError } from '../../control-error.ts'
import type { BotAccount, UserAccount } from '../control-types.ts'
import { UpdateRouter } from '../updates/update-router.ts'
import { Chat } from './chat.ts'
import type { Surroundings } from './surroundings.ts'

const NUMBERING_EPOCH_MS = Date.UTC(2026, 0, 1)
const NUMBERING_STEP_MS = 125

export type BotSeed = BotAccount & { token: string; firstUpdateId?: number; firstMessageId?: number }

/** One bot: its account, its chats and what waits to be told to its owner. */
export class Bot {
  readonly id: number
  readonly updates: UpdateRouter
  token: string
  name: string
  username: string
  readonly #chats = new Map<number, Chat>()
  readonly #surroundings: Surroundings
  #nextMessageId: number

  constructor(seed: BotSeed, surroundings: Surroundings, onReply: (bot: Bot, body: string) => void) {
    this.id = seed.id
    this.token = seed.token
    this.name = seed.name
    this.username = seed.username
    this.#surroundings = surroundings
    const start = startingNumber(surroundings.clock.now())
    this.#nextMessageId = seed.firstMessageId ?? start
    this.updates = new UpdateRouter(surroundings, seed.firstUpdateId ?? start, (body) => onReply(this, body))
  }

  /** A bot counts the messages of all its private chats together, as Telegram does. */
  takeMessageId(): number {
    const id = this.#nextMessageId
    this.#nextMessageId += 1
    return id
  }

  findChat(chatId: number): Chat | null {
    return this.#chats.get(chatId) ?? null
  }

  chats(): Chat[] {
    return [...this.#chats.values()]
  }

  /** Opens the chat, or finds the one that is open. */
  openChat(user: UserAccount): Chat {
    const open = this.#chats.get(user.id)
    if (open) return open
    if (this.#chats.size >= this.#surroundings.limits.maxChatsPerBot) {
      throw new ControlError(503, 'too_many_chats', 'this bot has no room for another chat')
    }
    const chat = new Chat(user, this.#surroundings)
    this.#chats.set(user.id, chat)
    return chat
  }

  close(): void {
    this.updates.close()
  }
}

// Ids follow the clock, eight a second: a bot made again after a restart does not repeat the ids of its past
// life, which receivers would rightly take for duplicates.
function startingNumber(nowMs: number): number {
  return Math.max(1, Math.floor((nowMs - NUMBERING_EPOCH_MS) / NUMBERING_STEP_MS))
}
