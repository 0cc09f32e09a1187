import type { Slots } from '../../core/ports/limits.ts'
import type { Clock } from '../../core/ports/system.ts'

const LEASE_MS = 35_000
const BEATS_A_LEASE = 3.5
/** Keys with holders. Each holder is something alive, so a key too many is refused rather than another forgotten. */
const MAX_KEYS = 50_000

interface Options {
  clock?: Clock
  leaseMs?: number
  maxKeys?: number
}

/** Slots of one process. A holder that is neither renewed nor released is gone when its lease runs out. */
export function createMemorySlots({
  // Monotonic: a wall clock that is set forward would end every lease.
  clock = { now: () => performance.now() },
  leaseMs = LEASE_MS,
  maxKeys = MAX_KEYS,
}: Options = {}): Slots {
  // In the order of the last renewal: the first key is the first to run out.
  const keys = new Map<string, Map<string, number>>()
  const living = (key: string) => {
    const holders = keys.get(key) ?? new Map<string, number>()
    for (const [holder, till] of holders) if (till <= clock.now()) holders.delete(holder)
    if (holders.size === 0) keys.delete(key)
    return holders
  }
  const dropExpired = () => {
    for (const key of keys.keys()) if (living(key).size > 0) return
  }
  const hold = (key: string, holder: string) => {
    const holders = living(key)
    if (holders.size === 0 && keys.size >= maxKeys) dropExpired()
    if (holders.size === 0 && keys.size >= maxKeys) return false
    keys.delete(key)
    keys.set(key, holders.set(holder, clock.now() + leaseMs))
    return true
  }
  return {
    beatMs: leaseMs / BEATS_A_LEASE,
    async acquire(key, holder, limit) {
      const holders = living(key)
      return (holders.has(holder) || holders.size < limit) && hold(key, holder)
    },
    async renew(key, holder) {
      hold(key, holder)
    },
    async release(key, holder) {
      keys.get(key)?.delete(holder)
      living(key)
    },
  }
}
