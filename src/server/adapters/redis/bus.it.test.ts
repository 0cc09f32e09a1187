import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeBus } from '../suites/bus.suite.ts'
import { createRedisBus } from './bus.ts'
import { startRedis } from './start-redis.testing.ts'

let redis: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis?.[Symbol.asyncDispose]())

const openBuses = async () => {
  let failures = 0
  const error = () => {
    failures++
  }
  const log = { error, info: () => {}, warn: () => {} }
  const [bus, elsewhere] = [createRedisBus(redis.url, log), createRedisBus(redis.url, log)]
  const close = async () => {
    await bus.close()
    await elsewhere.close()
  }
  return { bus, elsewhere, failures: () => failures, close }
}

describe('on a Redis that stays', () => describeBus(openBuses))

it('hears again what is published after Redis was away', async () => {
  const { bus, elsewhere, close } = await openBuses()
  const topic = randomUUID()
  const heard: unknown[] = []
  bus.subscribe(topic, (payload) => heard.push(payload))
  const publish = (payload: string) => () => {
    elsewhere.publish(topic, payload)
    return heard
  }
  await expect.poll(publish('before'), { interval: 10 }).toContain('before')
  await redis.restart()
  await expect.poll(publish('after'), { interval: 10, timeout: 10_000 }).toContain('after')
  await close()
})
