import { createMemoryPace } from '../adapters/memory/pace.ts'
import { createMemoryRateLimiter } from '../adapters/memory/rate-limiter.ts'
import { createMemorySlots } from '../adapters/memory/slots.ts'
import { openInsuredRedis } from '../adapters/redis/insured.ts'
import { createRedisPace } from '../adapters/redis/pace.ts'
import { createRedisRateLimiter } from '../adapters/redis/rate-limiter.ts'
import { createRedisSlots } from '../adapters/redis/slots.ts'
import type { Log } from '../core/ports/system.ts'

/** Limits that every node counts together where there is Redis, and that each goes on counting alone while it is dead. */
export function openLimits(redisUrl: string | undefined, log: Log) {
  const [limiter, slots, pace] = [createMemoryRateLimiter(), createMemorySlots(), createMemoryPace()]
  if (!redisUrl) return { limiter, slots, pace, close: () => {} }
  const redis = openInsuredRedis(redisUrl, log)
  return {
    limiter: createRedisRateLimiter(redis, limiter),
    slots: createRedisSlots(redis, slots),
    pace: createRedisPace(redis, pace),
    close: () => redis.close(),
  }
}
