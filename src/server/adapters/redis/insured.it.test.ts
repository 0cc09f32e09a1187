import { Redis } from 'ioredis'
import { expect, it } from 'vitest'
import { openInsured, untilAnswering, untilAway } from './insured.testing.ts'
import { halved, openInsuredRedis } from './insured.ts'
import { startRedis } from './start-redis.testing.ts'

const AWAY = 'Redis is away: limits are halved and counted by this node alone'
const BACK = 'Redis is back: limits are shared again'
const ASK = 'return { 1 }'

it('says once that Redis is away, and once that it is back, however often it is asked', async () => {
  await using own = await startRedis()
  const { redis, said } = await openInsured(own.url)
  expect(said).toEqual([])
  await own.restart()
  await untilAnswering(redis)
  for (let asked = 0; asked < 20; asked++) await redis.run(ASK, 'key')
  expect([[], [AWAY, BACK]]).toContainEqual(said)
  said.length = 0
  await own[Symbol.asyncDispose]()
  await expect.poll(() => said, { interval: 5, timeout: 10_000 }).toEqual([AWAY])
  for (let asked = 0; asked < 20; asked++) expect(await redis.run(ASK, 'key')).toBeNull()
  expect(said).toEqual([AWAY])
  redis.close()
})

it('answers at once where there never was a Redis, and after it was closed', async () => {
  const said: string[] = []
  const say = (_: object, sentence: string) => void said.push(sentence)
  const redis = openInsuredRedis('redis://127.0.0.1:1', { info: say, warn: say, error: say })
  expect(await redis.run(ASK, 'key')).toBeNull()
  await expect.poll(() => said, { interval: 5 }).toEqual([AWAY])
  redis.close()
  redis.close()
  expect(await redis.run(ASK, 'key')).toBeNull()
})

it('waits a second for a Redis that hangs, and then no longer, until it answers again', async () => {
  await using own = await startRedis()
  const { redis, said } = await openInsured(own.url)
  const other = new Redis(own.url)
  await other.call('CLIENT', 'PAUSE', '4000', 'ALL')
  const asked = performance.now()
  expect(await Promise.all([redis.run(ASK, 'a'), redis.run(ASK, 'b')])).toEqual([null, null])
  expect(performance.now() - asked).toBeLessThan(2_500)
  await untilAway(redis)
  const askedAgain = performance.now()
  for (let again = 0; again < 100; again++) await redis.run(ASK, 'key')
  expect(performance.now() - askedAgain).toBeLessThan(1_000)
  await untilAnswering(redis)
  expect(said).toEqual([AWAY, BACK])
  redis.close()
  other.disconnect()
})

it('takes an error of Redis itself for its absence', async () => {
  await using own = await startRedis()
  const { redis, said } = await openInsured(own.url)
  expect(await redis.run("return redis.call('NO SUCH COMMAND')", 'key')).toBeNull()
  expect(await redis.run(ASK, 'key')).toEqual([1])
  expect(said).toEqual([AWAY, BACK])
  redis.close()
})

it('halves a limit, rounded down, to no less than one', () => {
  expect([20, 5, 2, 1, 0].map(halved)).toEqual([10, 2, 1, 1, 0])
})
