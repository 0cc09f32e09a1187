import type { Surroundings } from '../world/surroundings.ts'

const PER_SECOND = { text: 300, media: 10, conversations: 2 } as const
type RateClass = keyof typeof PER_SECOND
const WINDOW_MS = 1_000

/** What an account may do in a second; not counted unless it is switched on. */
export class RateLimits {
  enabled = false
  readonly #surroundings: Surroundings
  readonly #taken = new Map<string, number[]>()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  /** False when the account has had its share. */
  take(accountId: string, kind: RateClass): boolean {
    if (!this.enabled) return true
    const now = this.#surroundings.clock.now()
    const key = `${kind}:${accountId}`
    const recent = (this.#taken.get(key) ?? []).filter((at) => now - at < WINDOW_MS)
    if (recent.length >= PER_SECOND[kind]) return false
    this.#taken.set(key, [...recent, now])
    return true
  }

  reset(): void {
    this.enabled = false
    this.#taken.clear()
  }
}
