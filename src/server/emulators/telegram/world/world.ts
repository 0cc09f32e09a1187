import { ControlError, notFound } from '../../control-error.ts'
import { requireRoom } from '../../require-room.ts'
import { FloodLimits } from '../bot-api/flood-limits.ts'
import { BotCalls } from '../call-log.ts'
import type { NewBot, NewUser, UserAccount } from '../control-types.ts'
import { BotFaults } from '../faults.ts'
import { Downloads } from '../files/downloads.ts'
import { FileStore, type StoredFile } from '../files/file-store.ts'
import { botSeed, newToken, requireTokenOf, userAccount } from './accounts.ts'
import { Bot } from './bot.ts'
import type { Chat } from './chat.ts'
import type { Surroundings } from './surroundings.ts'

const FIRST_BOT_ID = 7_000_000_001
const FIRST_USER_ID = 500_000_001

/** Everything that Telegram would remember, and the faults and records of the test bench around it. */
export class World {
  readonly surroundings: Surroundings
  readonly faults: BotFaults
  readonly calls: BotCalls
  readonly flood: FloodLimits
  readonly files: FileStore
  readonly downloads: Downloads
  readonly #bots = new Map<number, Bot>()
  readonly #botsByToken = new Map<string, Bot>()
  // What was a secret stays one in the records.
  readonly #revoked = new Set<string>()
  readonly #users = new Map<number, UserAccount>()
  readonly #photos = new Map<number, StoredFile>()
  readonly #onReply: (bot: Bot, body: string) => void

  constructor(surroundings: Surroundings, onReply: (bot: Bot, body: string) => void) {
    this.surroundings = surroundings
    this.faults = new BotFaults(surroundings.limits)
    this.calls = new BotCalls(surroundings.limits)
    this.flood = new FloodLimits(surroundings)
    this.files = new FileStore(surroundings.limits)
    this.downloads = new Downloads(surroundings.limits)
    this.#onReply = onReply
  }

  /** Makes the bot, or updates the one with this id and token. */
  putBot(input: NewBot): Bot {
    const seed = botSeed(input, () => freeKey(this.#bots, FIRST_BOT_ID))
    const existing = this.#bots.get(seed.id)
    if (existing) return renameBot(existing, input)
    requireRoom(this.#bots.size, this.surroundings.limits.maxBots, 'bots')
    const bot = new Bot(seed, this.surroundings, this.#onReply)
    this.#bots.set(bot.id, bot)
    this.#botsByToken.set(bot.token, bot)
    return bot
  }

  /** The bot under another token; its webhook was the old token's. */
  revokeToken(botId: number, token = newToken(botId)): Bot {
    const bot = this.getBot(botId)
    requireTokenOf(botId, token)
    this.#forget(bot.token)
    bot.token = token
    this.#botsByToken.set(token, bot)
    bot.updates.clearWebhook()
    bot.updates.poll.wake()
    return bot
  }

  setPhoto(userId: number, file: StoredFile | null): void {
    const user = this.getUser(userId)
    if (file === null) this.#photos.delete(user.id)
    else this.#photos.set(user.id, file)
  }

  findPhoto(userId: number): StoredFile | null {
    return this.#photos.get(userId) ?? null
  }

  /** Makes the user, or updates the one with this id. */
  putUser(input: NewUser): UserAccount {
    const account = userAccount(input, () => freeKey(this.#users, FIRST_USER_ID))
    const existing = this.#users.get(account.id)
    if (existing) return Object.assign(existing, { ...account, deactivated: existing.deactivated })
    requireRoom(this.#users.size, this.surroundings.limits.maxUsers, 'users')
    this.#users.set(account.id, account)
    return account
  }

  bots(): Bot[] {
    return [...this.#bots.values()]
  }

  users(): UserAccount[] {
    return [...this.#users.values()]
  }

  tokens(): Iterable<string> {
    return [...this.#botsByToken.keys(), ...this.#revoked]
  }

  findBotByToken(token: string): Bot | null {
    return this.#botsByToken.get(token) ?? null
  }

  getBot(botId: number): Bot {
    const bot = this.#bots.get(botId)
    if (!bot) throw notFound('bot')
    return bot
  }

  getUser(userId: number): UserAccount {
    const user = this.#users.get(userId)
    if (!user) throw notFound('user')
    return user
  }

  getChat(ref: { botId: number; chatId: number }): Chat {
    const chat = this.getBot(ref.botId).findChat(ref.chatId)
    if (!chat) throw notFound('chat')
    return chat
  }

  /** Back to an empty world; deliveries under way are cut. */
  reset(): void {
    for (const bot of this.#bots.values()) {
      bot.close()
      for (const chat of bot.chats()) chat.events.signal({ type: 'reset' })
    }
    this.#bots.clear()
    this.#botsByToken.clear()
    this.#revoked.clear()
    this.#users.clear()
    this.#photos.clear()
    this.faults.clear()
    this.calls.clear()
    this.files.clear()
    this.downloads.clear()
    this.flood.reset()
  }

  #forget(token: string): void {
    this.#botsByToken.delete(token)
    this.#revoked.add(token)
    const [oldest] = this.#revoked
    if (this.#revoked.size > this.surroundings.limits.maxBots && oldest !== undefined) {
      this.#revoked.delete(oldest)
    }
  }
}

function renameBot(bot: Bot, input: NewBot): Bot {
  if (input.token !== undefined && input.token !== bot.token) {
    throw new ControlError(409, 'conflict', 'this bot exists with another token')
  }
  bot.name = input.name
  bot.username = input.username
  return bot
}

function freeKey(taken: ReadonlyMap<number, unknown>, first: number): number {
  let key = first + taken.size
  while (taken.has(key)) key += 1
  return key
}
