import type { Surroundings } from '../world/surroundings.ts'

type Rate = { perSecond: number; burst: number }
type Bucket = { tokens: number; atMs: number }

// Telegram publishes no exact figures: about one message a second in a chat, with short bursts, and 30 over all.
const CHAT_RATE: Rate = { perSecond: 1, burst: 5 }
const BOT_RATE: Rate = { perSecond: 30, burst: 30 }

/** Telegram's send limits, off until asked for. */
export class FloodLimits {
  enabled = false
  readonly #surroundings: Surroundings
  readonly #buckets = new Map<string, Bucket>()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  /**
   * Takes the messages from both buckets, or answers the seconds to wait. An album goes as soon as its first
   * message may, and is paid for afterwards.
   */
  take(botId: number, chatId: number, messages: number): number {
    if (!this.enabled) return 0
    const chat = this.#bucket(`${botId}:${chatId}`, CHAT_RATE)
    const bot = this.#bucket(`${botId}`, BOT_RATE)
    const wait = Math.max(secondsUntilOne(chat, CHAT_RATE), secondsUntilOne(bot, BOT_RATE))
    if (wait > 0) return Math.ceil(wait)
    chat.tokens -= messages
    bot.tokens -= messages
    return 0
  }

  reset(): void {
    this.enabled = false
    this.#buckets.clear()
  }

  #bucket(key: string, rate: Rate): Bucket {
    const { clock, limits } = this.#surroundings
    const now = clock.now()
    const known = this.#buckets.get(key) ?? { tokens: rate.burst, atMs: now }
    known.tokens = Math.min(rate.burst, known.tokens + ((now - known.atMs) / 1000) * rate.perSecond)
    known.atMs = now
    // The one that rested longest is full again by now, and a full bucket need not be kept.
    this.#buckets.delete(key)
    this.#buckets.set(key, known)
    const [oldest] = this.#buckets.keys()
    if (this.#buckets.size > limits.maxFloodBuckets && oldest !== undefined) this.#buckets.delete(oldest)
    return known
  }
}

function secondsUntilOne(bucket: Bucket, rate: Rate): number {
  return Math.max(0, (1 - bucket.tokens) / rate.perSecond)
}
