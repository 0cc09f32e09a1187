import type { Slots } from '../../core/ports/limits.ts'
import { halved, type InsuredRedis } from './insured.ts'

const LEASE_MS = 35_000
const BEATS_A_LEASE = 3.5
const PREFIX = 'peyk:slots:'

// Redis's own clock: a node whose clock is wrong must not end another's leases.
const LIVING = `
local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
`

const HOLD = `
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1]) redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { 1 }`

const ACQUIRE = `${LIVING}
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return { 0 } end
${HOLD}`

const RENEW = `${LIVING}${HOLD}`

const RELEASE = `return { redis.call('ZREM', KEYS[1], ARGV[1]) }`

/**
 * Slots as leases in a sorted set per key. `local` knows the holders of this node: it decides, with half the limit,
 * while Redis is away, and renewing brings its holders back into a Redis that was emptied. A holder is acquired,
 * renewed and released by the same node.
 */
export function createRedisSlots(redis: InsuredRedis, local: Slots, leaseMs = LEASE_MS): Slots {
  // Each verb asks Redis first, so that a release that overtakes the answer to its acquire is still the last word.
  return {
    beatMs: leaseMs / BEATS_A_LEASE,
    async acquire(key, holder, limit) {
      const answer = await redis.run(ACQUIRE, PREFIX + key, holder, leaseMs, limit)
      if (!answer) return local.acquire(key, holder, halved(limit))
      if (answer[0] !== 1) return false
      const isLocallyFree = await local.acquire(key, holder, limit)
      if (!isLocallyFree) await redis.run(RELEASE, PREFIX + key, holder)
      return isLocallyFree
    },
    async renew(key, holder) {
      await redis.run(RENEW, PREFIX + key, holder, leaseMs)
      await local.renew(key, holder)
    },
    async release(key, holder) {
      await redis.run(RELEASE, PREFIX + key, holder)
      await local.release(key, holder)
    },
  }
}
