import type { Clock } from '../../clock.ts'
import { BotApiError } from '../bot-api/bot-api-error.ts'

type Waiting = { wake: () => void; fail: (error: BotApiError) => void }

const REPEATED_CONFLICT_MS = 3_000

/** The one getUpdates call of a bot that waits for something to happen. */
export class LongPoll {
  readonly #clock: Clock
  readonly #heldBack = new Set<() => void>()
  #waiting: Waiting | null = null
  #nextConflictMs = Number.NEGATIVE_INFINITY
  #last = { offset: -1, atMs: Number.NEGATIVE_INFINITY }

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Telegram slows those who ask the same again and again: milliseconds to wait, and the most to give. */
  slowDown(asked: { offset: number; limit: number; timeoutMs: number }): {
    limit: number
    timeoutMs: number
  } {
    const sinceMs = this.#clock.now() - this.#last.atMs
    const repeated = asked.offset === this.#last.offset
    this.#last = { offset: asked.offset, atMs: this.#clock.now() }
    return {
      timeoutMs: repeated && sinceMs < 3_000 ? Math.max(asked.timeoutMs, 3_000) : asked.timeoutMs,
      limit: repeated && sinceMs < 500 ? 1 : asked.limit,
    }
  }

  /** Resolves when woken, when the time is over or when the caller has gone. A second call ends the first. */
  wait(timeoutMs: number, gone: AbortSignal): Promise<void> {
    this.end('terminated by other getUpdates request; make sure that only one bot instance is running')
    return new Promise((resolve, reject) => {
      const settle = (run: () => void) => {
        if (this.#waiting === waiting) this.#waiting = null
        cancel()
        gone.removeEventListener('abort', waiting.wake)
        run()
      }
      const waiting: Waiting = {
        wake: () => settle(resolve),
        fail: (error) => settle(() => reject(error)),
      }
      const cancel = this.#clock.schedule(timeoutMs, waiting.wake)
      this.#waiting = waiting
      gone.addEventListener('abort', waiting.wake, { once: true })
    })
  }

  wake(): void {
    this.#waiting?.wake()
  }

  end(reason: string): void {
    const waiting = this.#waiting
    if (waiting === null) return
    this.#waiting = null
    void this.conflict(reason).then((error) => waiting.fail(error))
  }

  /** The conflict error; when it was answered a moment ago, Telegram holds the next one back. */
  conflict(reason: string): Promise<BotApiError> {
    const error = new BotApiError(409, `Conflict: ${reason}`)
    const now = this.#clock.now()
    if (now >= this.#nextConflictMs) {
      this.#nextConflictMs = now + REPEATED_CONFLICT_MS
      return Promise.resolve(error)
    }
    return new Promise((resolve) => {
      const cancel = this.#clock.schedule(REPEATED_CONFLICT_MS, () => {
        this.#heldBack.delete(cancel)
        resolve(error)
      })
      this.#heldBack.add(cancel)
    })
  }

  close(): void {
    this.wake()
    for (const cancel of this.#heldBack) cancel()
    this.#heldBack.clear()
  }
}
