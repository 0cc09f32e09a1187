import { vi } from 'vitest'
import { openInsuredRedis } from './insured.ts'

/** An insured Redis that is connected, and what it said. */
export async function openInsured(url: string) {
  const said: string[] = []
  const say = (_: object, sentence: string) => void said.push(sentence)
  const redis = openInsuredRedis(url, { info: say, warn: say, error: say })
  await untilAnswering(redis)
  return { redis, said }
}

/** Until Redis answers, as it does again after it was away. */
export const untilAnswering = (redis: ReturnType<typeof openInsuredRedis>) =>
  vi.waitUntil(() => redis.run('return { 1 }', 'probe'), { interval: 5, timeout: 15_000 })

/** Until it does not. */
export const untilAway = (redis: ReturnType<typeof openInsuredRedis>) =>
  vi.waitUntil(async () => !(await redis.run('return { 1 }', 'probe')), { interval: 5, timeout: 15_000 })
