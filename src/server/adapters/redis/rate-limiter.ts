import { randomUUID } from 'node:crypto'
import type { RateLimiter } from '../../core/ports/limits.ts'
import { halved, type InsuredRedis } from './insured.ts'

const PREFIX = 'peyk:rate:'
const MAX_NOTES = 1_000

// A place is taken in Redis before this node hears of it; remembered here for as long, it would outlive the one there.
const REMEMBERED = 0.98

// Redis's own clock: a node whose clock is wrong must neither lengthen nor shorten another's window.
const LIVING = `
local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
local n = redis.call('ZCARD', KEYS[1])`

// A command that was under way when a connection broke is sent again: its place is already there.
const TAKE = `${LIVING}
local limit = tonumber(ARGV[3])
if redis.call('ZSCORE', KEYS[1], ARGV[2]) then return { 1, 0 } end
if n >= limit then
  return { 0, redis.call('ZRANGE', KEYS[1], n - limit, n - limit, 'WITHSCORES')[2] + ARGV[1] - now }
end
redis.call('ZADD', KEYS[1], now, ARGV[2]) redis.call('PEXPIRE', KEYS[1], ARGV[1])
return { 1, 0 }`

const NOTE = `${LIVING}
redis.call('ZADD', KEYS[1], now, ARGV[2]) redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[3])
return { redis.call('ZCARD', KEYS[1]) }`

const COUNT = `${LIVING}
return { n }`

/**
 * A sliding log in Redis, in a sorted set per key. `local` decides, with half the limit, while Redis is away; it also
 * remembers what was allowed here, so that a Redis that was emptied gives nobody a second limit.
 */
export function createRedisRateLimiter(redis: InsuredRedis, local: RateLimiter): RateLimiter {
  const node = randomUUID()
  let last = 0
  const member = () => `${node}:${++last}`
  const keyOf = (key: string, windowMs: number) => `${PREFIX}${windowMs}:${key}`
  return {
    async take(key, limit, windowMs) {
      if (limit < 1) return { allowed: false, retryAfterMs: windowMs }
      const answer = await redis.run(TAKE, keyOf(key, windowMs), windowMs, member(), limit)
      if (!answer) return local.take(key, halved(limit), windowMs * REMEMBERED)
      const [allowed, retryAfterMs = windowMs] = answer
      return allowed === 1
        ? local.take(key, limit, windowMs * REMEMBERED)
        : { allowed: false, retryAfterMs: Math.max(1, retryAfterMs) }
    },
    async count(key, windowMs) {
      const here = await local.count(key, windowMs * REMEMBERED)
      const [there = 0] = (await redis.run(COUNT, keyOf(key, windowMs), windowMs)) ?? []
      return Math.max(here, there)
    },
    async note(key, windowMs) {
      const answer = await redis.run(NOTE, keyOf(key, windowMs), windowMs, member(), MAX_NOTES)
      const here = await local.note(key, windowMs * REMEMBERED)
      return Math.max(here, answer?.[0] ?? 0)
    },
  }
}
