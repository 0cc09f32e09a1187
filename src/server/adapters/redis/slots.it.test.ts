import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemorySlots } from '../memory/slots.ts'
import { describeSlots } from '../suites/slots.suite.ts'
import { times } from '../suites/stores.testing.ts'
import { openInsured, untilAnswering } from './insured.testing.ts'
import { createRedisSlots } from './slots.ts'
import { startRedis } from './start-redis.testing.ts'

let server: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server?.[Symbol.asyncDispose]())

const openNode = async (url = server.url, leaseMs?: number) => {
  const { redis } = await openInsured(url)
  const local = createMemorySlots(leaseMs ? { leaseMs } : {})
  return { slots: createRedisSlots(redis, local, leaseMs), redis }
}

describe('on a Redis that stays', () =>
  describeSlots(async () => {
    const nodes = [await openNode(), await openNode(), await openNode(server.url, 200)] as const
    const [slots, elsewhere, forgetful] = nodes
    const close = async () => {
      for (const { redis } of nodes) redis.close()
    }
    return { slots: slots.slots, elsewhere: elsewhere.slots, forgetful: forgetful.slots, close }
  }))

it('frees the places of a node that died, and of no other', async () => {
  const [dead, alive] = [await openNode(server.url, 300), await openNode(server.url, 300)]
  const key = randomUUID()
  await dead.slots.acquire(key, 'dead', 2)
  await alive.slots.acquire(key, 'alive', 2)
  dead.redis.close()
  const next = async () => {
    await alive.slots.renew(key, 'alive')
    return alive.slots.acquire(key, 'next', 2)
  }
  await expect.poll(next, { interval: 10 }).toBe(true)
  await alive.slots.renew(key, 'next')
  await alive.slots.renew(key, 'alive')
  expect(await alive.slots.acquire(key, 'one more', 2)).toBe(false)
  alive.redis.close()
})

describe('while Redis is away', () => {
  it('gives half of the limit to new holders, and takes nothing from those who are there', async () => {
    const own = await startRedis()
    const { slots, redis } = await openNode(own.url)
    const [busy, fresh] = [randomUUID(), randomUUID()]
    for (const index of times(4, (index) => index)) await slots.acquire(busy, `h${index}`, 5)
    await own[Symbol.asyncDispose]()
    for (const index of times(4, (index) => index)) {
      await slots.renew(busy, `h${index}`)
      expect(await slots.acquire(busy, `h${index}`, 5)).toBe(true)
    }
    expect(await slots.acquire(busy, 'new', 5)).toBe(false)
    const got = await Promise.all(times(5, (index) => slots.acquire(fresh, `h${index}`, 5)))
    expect(got.filter(Boolean)).toHaveLength(2)
    await slots.release(fresh, 'h0')
    await slots.release(fresh, 'h1')
    expect(await slots.acquire(fresh, 'h9', 5)).toBe(true)
    redis.close()
  })

  it('notes who came, so that renewing makes them known to the others once it is back', async () => {
    const own = await startRedis()
    const [here, there] = [await openNode(own.url), await openNode(own.url)]
    const key = randomUUID()
    await here.slots.acquire(key, 'before', 2)
    await own.restart()
    await Promise.all([untilAnswering(here.redis), untilAnswering(there.redis)])
    await here.slots.renew(key, 'before')
    expect(await there.slots.acquire(key, 'second', 2)).toBe(true)
    expect(await there.slots.acquire(key, 'third', 2)).toBe(false)
    for (const { redis } of [here, there]) redis.close()
    await own[Symbol.asyncDispose]()
  })
})

it('gives no place twice where Redis was emptied', async () => {
  const { slots, redis } = await openNode()
  const key = randomUUID()
  for (const index of times(5, (index) => index)) await slots.acquire(key, `h${index}`, 5)
  const admin = new Redis(server.url)
  await admin.flushall()
  expect(await slots.acquire(key, 'sixth', 5)).toBe(false)
  expect(await admin.zcard(`peyk:slots:${key}`)).toBe(0)
  await slots.renew(key, 'h0')
  expect(await admin.zrange(`peyk:slots:${key}`, '0', '-1')).toEqual(['h0'])
  redis.close()
  admin.disconnect()
})

it('leaves nothing in Redis once the leases are over', async () => {
  const { slots, redis } = await openNode(server.url, 200)
  const admin = new Redis(server.url)
  const key = randomUUID()
  await slots.acquire(key, 'a', 1)
  expect(await admin.exists(`peyk:slots:${key}`)).toBe(1)
  await expect.poll(() => admin.exists(`peyk:slots:${key}`), { interval: 10 }).toBe(0)
  redis.close()
  admin.disconnect()
})
