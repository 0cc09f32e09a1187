import type { RateLimiter } from '../../core/ports/limits.ts'
import type { Clock } from '../../core/ports/system.ts'

/** Keys remembered for one length of window; the one whose last place is oldest makes room. */
const MAX_KEYS = 50_000
/** Notes remembered under one key: beyond it the count stays where it is. Places are bounded by their limit. */
const MAX_NOTES = 1_000
/** Keys that have run out and are dropped with each place taken. */
const SWEPT_AT_ONCE = 2

interface Options {
  clock?: Clock
  maxKeys?: number
}

/**
 * A sliding log in one process. Each length of window has a log of its own, so that a flood of keys by one rule makes
 * no other rule forget.
 */
export function createMemoryRateLimiter({
  // Monotonic: a wall clock that is set back would lengthen every window.
  clock = { now: () => performance.now() },
  maxKeys = MAX_KEYS,
}: Options = {}): RateLimiter {
  const windows = new Map<number, WindowLog>()
  const logOf = (windowMs: number) => {
    const log = windows.get(windowMs) ?? new WindowLog(windowMs, maxKeys)
    windows.set(windowMs, log)
    return log
  }
  return {
    async take(key, limit, windowMs) {
      const now = clock.now()
      const log = logOf(windowMs)
      const times = log.living(key, now)
      // What refuses is the place that has to run out before fewer than `limit` are left.
      const blocking = limit < 1 ? now : times[times.length - limit]
      if (blocking !== undefined)
        return { allowed: false, retryAfterMs: Math.min(windowMs, Math.ceil(blocking + windowMs - now)) }
      times.push(now)
      log.store(key, times, now)
      return { allowed: true, retryAfterMs: 0 }
    },
    count: async (key, windowMs) => logOf(windowMs).living(key, clock.now()).length,
    async note(key, windowMs) {
      const now = clock.now()
      const times = logOf(windowMs).living(key, now)
      times.push(now)
      if (times.length > MAX_NOTES) times.shift()
      logOf(windowMs).store(key, times, now)
      return times.length
    },
  }
}

/** The places of each key in the order of the last ones: the first key is the first to run out. */
class WindowLog {
  private readonly places = new Map<string, number[]>()
  // One iterator that goes on: a new one would step over every entry that was deleted before it (measured: 100 µs).
  private walk = this.places.entries()
  private first: [string, number[]] | undefined

  constructor(
    private readonly windowMs: number,
    private readonly maxKeys: number,
  ) {}

  /** The places of a key that have not run out: the log's own list. */
  living(key: string, now: number): number[] {
    const times = this.places.get(key) ?? []
    let over = 0
    while (over < times.length && (times[over] ?? now) <= now - this.windowMs) over++
    if (over > 0) times.splice(0, over)
    return times
  }

  store(key: string, times: number[], now: number) {
    // It goes to the end: it is not the first to run out any more.
    if (this.first?.[0] === key) this.first = undefined
    this.places.delete(key)
    for (let swept = 0; swept < SWEPT_AT_ONCE; swept++) {
      const oldest = this.oldest()
      const isOver = (oldest?.[1].at(-1) ?? now) <= now - this.windowMs
      if (oldest && (isOver || this.places.size >= this.maxKeys)) this.places.delete(oldest[0])
    }
    this.places.set(key, times)
  }

  private oldest(): [string, number[]] | undefined {
    while (!this.first || this.places.get(this.first[0]) !== this.first[1]) {
      const { value, done } = this.walk.next()
      if (done) {
        this.walk = this.places.entries()
        this.first = undefined
        return undefined
      }
      this.first = value
    }
    return this.first
  }
}
