import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryPace } from '../memory/pace.ts'
import { describePace } from '../suites/pace.suite.ts'
import { openInsured } from './insured.testing.ts'
import { createRedisPace } from './pace.ts'
import { startRedis } from './start-redis.testing.ts'

let server: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server?.[Symbol.asyncDispose]())

const openNode = async (url = server.url) => {
  const { redis } = await openInsured(url)
  return { pace: createRedisPace(redis, createMemoryPace()), redis }
}

describe('on Redis', () =>
  describePace(async () => {
    const [here, there] = [await openNode(), await openNode()]
    const close = async () => {
      for (const { redis } of [here, there]) redis.close()
    }
    return { pace: here.pace, elsewhere: there.pace, close }
  }))

it('goes at half the rate while Redis is away, heeds what this node was told, and fails nobody', async () => {
  const own = await startRedis()
  const { pace, redis } = await openNode(own.url)
  const [key, frozen] = [randomUUID(), randomUUID()]
  await pace.freeze(frozen, 30_000)
  await own[Symbol.asyncDispose]()
  const rate = { perSecond: 1, burst: 1 }
  expect(await pace.take(key, rate, 0)).toEqual({ taken: true, waitMs: 0 })
  const { taken, waitMs } = await pace.take(key, rate, 0)
  expect(taken).toBe(false)
  expect(waitMs).toBeGreaterThan(1_500)
  expect((await pace.take(frozen, rate, 0)).taken).toBe(false)
  redis.close()
})
