import type { Pace } from '../../core/ports/pace.ts'
import type { Clock } from '../../core/ports/system.ts'

/** Keys remembered at once: beyond it those that rest go first, and then the oldest. */
const MAX_KEYS = 50_000

interface Options {
  clock?: Clock
  maxKeys?: number
}

/** When the turns given so far are used up, and until when no turn comes at all. */
interface Bucket {
  used: number
  frozen: number
}

/** Turns of one process, by the generic cell rate algorithm. */
export function createMemoryPace({
  // Monotonic: a wall clock that is set back would hold everything up.
  clock = { now: () => performance.now() },
  maxKeys = MAX_KEYS,
}: Options = {}): Pace {
  const buckets = new Map<string, Bucket>()
  const remember = (key: string, bucket: Bucket) => {
    buckets.delete(key)
    for (const [old, { used, frozen }] of buckets) {
      if (Math.max(used, frozen) > clock.now() && buckets.size < maxKeys) break
      buckets.delete(old)
    }
    buckets.set(key, bucket)
  }
  const find = (key: string) => buckets.get(key) ?? { used: 0, frozen: 0 }
  return {
    async take(key, { perSecond, burst }, maxWaitMs) {
      const now = clock.now()
      const { used, frozen } = find(key)
      const each = 1_000 / perSecond
      const from = Math.max(used, frozen, now)
      const waitMs = Math.max(0, Math.ceil(Math.max(from - (burst - 1) * each, frozen) - now))
      if (waitMs > maxWaitMs) return { taken: false, waitMs }
      remember(key, { used: from + each, frozen })
      return { taken: true, waitMs }
    },
    async freeze(key, ms) {
      const { used, frozen } = find(key)
      remember(key, { used, frozen: Math.max(frozen, clock.now() + ms) })
    },
  }
}

const UNLIMITED = { perSecond: 1_000_000, burst: 1_000_000 }

/** The same without a rate: only what a platform asked for is heeded. */
export const withoutRate = (pace: Pace): Pace => ({
  take: (key, _, maxWaitMs) => pace.take(key, UNLIMITED, maxWaitMs),
  freeze: (key, ms) => pace.freeze(key, ms),
})
