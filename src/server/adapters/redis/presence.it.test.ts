import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { describePresence } from '../suites/presence.suite.ts'
import { createRedisPresence } from './presence.ts'
import { startRedis } from './start-redis.testing.ts'

const log = { info: () => {}, warn: () => {}, error: () => {} }

let redis: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis?.[Symbol.asyncDispose]())

/** A presence that is connected: until then nobody is announced. */
const openPresence = async (leaseMs?: number) => {
  const presence = createRedisPresence(redis.url, log, leaseMs)
  await vi.waitUntil(() => presence.enter(`probe:${randomUUID()}`, 1, 'probe'), { interval: 5 })
  return presence
}

describe('on a Redis that stays', () =>
  describePresence(async () => {
    const [presence, elsewhere, forgetful] = [
      await openPresence(),
      await openPresence(),
      await openPresence(200),
    ]
    const close = async () => {
      for (const one of [presence, elsewhere, forgetful]) one.close()
    }
    return { presence, elsewhere, forgetful, close }
  }))

it('announces nobody while Redis is away, and fails nobody', async () => {
  const own = await startRedis()
  const presence = createRedisPresence(own.url, log)
  await expect.poll(() => presence.enter('console:1', 1, 'a'), { interval: 5 }).toBe(true)
  await own[Symbol.asyncDispose]()
  expect(await presence.enter('console:1', 2, 'b')).toBe(false)
  expect(await presence.leave('console:1', 1, 'a')).toBe(false)
  expect(await presence.who('console:1')).toEqual([])
  presence.close()
})
