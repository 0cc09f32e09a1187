import type { RateLimiter, Slots } from '../ports/limits.ts'
import type { Metrics } from '../ports/metrics.ts'
import type { SecurityLog } from '../ports/security.ts'

/** What a key begins with says what it limits; the rest names somebody. */
const kindOf = (key: string) => key.split(':')[0] ?? ''

/** The same limiter, which counts what it refuses. */
export const meterLimiter = (limiter: RateLimiter, metrics: Metrics): RateLimiter => ({
  async take(key, limit, windowMs) {
    const taken = await limiter.take(key, limit, windowMs)
    if (!taken.allowed) metrics.count('peyk_limiter_hits_total', kindOf(key))
    return taken
  },
  count: (key, windowMs) => limiter.count(key, windowMs),
  note: (key, windowMs) => limiter.note(key, windowMs),
})

export const meterSlots = (slots: Slots, metrics: Metrics): Slots => ({
  async acquire(key, holder, limit) {
    const isIn = await slots.acquire(key, holder, limit)
    if (!isIn) metrics.count('peyk_limiter_hits_total', `sockets_${kindOf(key)}`)
    return isIn
  },
  renew: (key, holder) => slots.renew(key, holder),
  release: (key, holder) => slots.release(key, holder),
  beatMs: slots.beatMs,
})

export const meterSecurity = <T extends SecurityLog>(security: T, metrics: Metrics): T => ({
  ...security,
  note(event) {
    metrics.add('peyk_security_events_total', event.count ?? 1, event.kind)
    security.note(event)
  },
})
