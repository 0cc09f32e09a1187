export const MAX_DELAY_MS = 30_000
const BASE_DELAY_MS = 1_000
/** A connection that lived this long starts the count of failures again. */
const STABLE_MS = 5_000

/** Full jitter: anything between nothing and twice the time before, so that a thousand consoles do not return at once. */
export const reconnectDelay = (attempt: number, random: () => number = Math.random): number =>
  Math.floor(random() * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** Math.min(attempt, 10)))

/** Holds back each new attempt to connect. `wake` lets the one that waits go at once. */
export class Backoff {
  #attempt = -1
  #openedAt: number | null = null
  #release: (() => void) | null = null
  readonly #delay: (attempt: number) => number

  constructor(delay: (attempt: number) => number = reconnectDelay) {
    this.#delay = delay
  }

  /** Failures in a row. */
  get failures(): number {
    return Math.max(0, this.#attempt)
  }

  opened(): void {
    this.#openedAt = Date.now()
  }

  /** Resolves when the next attempt may begin; the very first may at once. */
  turn(): Promise<void> {
    if (this.#openedAt !== null && Date.now() - this.#openedAt > STABLE_MS) this.#attempt = 0
    this.#openedAt = null
    const attempt = this.#attempt++
    if (attempt < 0) return Promise.resolve()
    return this.#sleep(this.#delay(attempt))
  }

  wake(): void {
    this.#release?.()
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#release = null
        resolve()
      }
      const timer = setTimeout(done, ms)
      this.#release = done
    })
  }
}
