import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { RateLimiter } from '../../core/ports/limits.ts'
import { createMemoryRateLimiter } from '../memory/rate-limiter.ts'
import { describeRateLimiter } from '../suites/rate-limiter.suite.ts'
import { times } from '../suites/stores.testing.ts'
import { openInsured, untilAnswering } from './insured.testing.ts'
import { createRedisRateLimiter } from './rate-limiter.ts'
import { startRedis } from './start-redis.testing.ts'

const MINUTE = 60_000

let server: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server?.[Symbol.asyncDispose]())

const openNode = async (url = server.url) => {
  const { redis, said } = await openInsured(url)
  return { limiter: createRedisRateLimiter(redis, createMemoryRateLimiter()), redis, said }
}

/** How many of so many tries are allowed. */
const allowedOf = async (limiter: RateLimiter, key: string, tries: number, limit: number) => {
  const taken = await Promise.all(times(tries, () => limiter.take(key, limit, MINUTE)))
  return taken.filter(({ allowed }) => allowed).length
}

describe('on a Redis that stays', () =>
  describeRateLimiter(async () => {
    const [here, there] = [await openNode(), await openNode()]
    const close = async () => {
      for (const { redis } of [here, there]) redis.close()
    }
    return { limiter: here.limiter, elsewhere: there.limiter, close }
  }))

it('allows half of the limit while Redis is away, to each key, and fails nobody', async () => {
  const own = await startRedis()
  const { limiter, redis } = await openNode(own.url)
  await own[Symbol.asyncDispose]()
  const key = randomUUID()
  expect(await allowedOf(limiter, key, 30, 20)).toBe(10)
  const refused = await limiter.take(key, 20, MINUTE)
  expect(refused.allowed).toBe(false)
  expect(refused.retryAfterMs).toBeGreaterThan(MINUTE / 2)
  expect(await limiter.count(key, MINUTE)).toBe(10)
  expect(await allowedOf(limiter, randomUUID(), 3, 1)).toBe(1)
  expect(await limiter.note(randomUUID(), MINUTE)).toBe(1)
  redis.close()
})

it('counts, while Redis is away, what this node had allowed before', async () => {
  const own = await startRedis()
  const { limiter, redis } = await openNode(own.url)
  const key = randomUUID()
  expect(await allowedOf(limiter, key, 7, 20)).toBe(7)
  expect(await limiter.note('sign-in', MINUTE)).toBe(1)
  await own[Symbol.asyncDispose]()
  expect(await allowedOf(limiter, key, 20, 20)).toBe(3)
  expect(await limiter.note('sign-in', MINUTE)).toBe(2)
  redis.close()
})

it('gives nobody a second limit where Redis was emptied, and shares again what follows', async () => {
  const [here, there] = [await openNode(), await openNode()]
  const key = randomUUID()
  expect(await allowedOf(here.limiter, key, 20, 20)).toBe(20)
  for (const _ of times(5, () => 0)) await here.limiter.note(key, 2 * MINUTE)
  const admin = new Redis(server.url)
  await admin.flushall()
  expect(await allowedOf(here.limiter, key, 20, 20)).toBe(0)
  expect(await here.limiter.count(key, MINUTE)).toBe(20)
  expect(await here.limiter.note(key, 2 * MINUTE)).toBe(6)
  const next = randomUUID()
  expect(await allowedOf(there.limiter, next, 12, 20)).toBe(12)
  expect(await allowedOf(here.limiter, next, 12, 20)).toBe(8)
  for (const { redis } of [here, there]) redis.close()
  admin.disconnect()
})

it('shares again after Redis was away', async () => {
  await using own = await startRedis()
  const [here, there] = [await openNode(own.url), await openNode(own.url)]
  await own.restart()
  await Promise.all([untilAnswering(here.redis), untilAnswering(there.redis)])
  const key = randomUUID()
  expect(await allowedOf(here.limiter, key, 12, 20)).toBe(12)
  expect(await allowedOf(there.limiter, key, 12, 20)).toBe(8)
  for (const { redis } of [here, there]) redis.close()
})

it("counts by Redis's clock, whatever a node believes the time to be", async () => {
  const [here, there] = [await openNode(), await openNode()]
  const key = randomUUID()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_000 })
  expect(await allowedOf(here.limiter, key, 15, 20)).toBe(15)
  vi.setSystemTime(Date.now() - 1_200_000)
  expect(await allowedOf(there.limiter, key, 15, 20)).toBe(5)
  expect(await allowedOf(here.limiter, key, 15, 20)).toBe(0)
  vi.useRealTimers()
  for (const { redis } of [here, there]) redis.close()
})

it('leaves nothing in Redis once the window is over', async () => {
  const { limiter, redis } = await openNode()
  const admin = new Redis(server.url)
  const key = randomUUID()
  await limiter.take(key, 5, 300)
  await limiter.note(`${key}:note`, 300)
  expect(await admin.keys(`peyk:rate:*${key}*`)).toHaveLength(2)
  await expect.poll(() => admin.keys(`peyk:rate:*${key}*`), { interval: 10 }).toEqual([])
  redis.close()
  admin.disconnect()
})
