import { describe, expect, it } from 'vitest'
import { describeRateLimiter } from '../suites/rate-limiter.suite.ts'
import { times } from '../suites/stores.testing.ts'
import { createMemoryRateLimiter } from './rate-limiter.ts'

const [MINUTE, DAY] = [60_000, 86_400_000]

const openLimiter = (maxKeys?: number) => {
  const clock = { at: 1_000, now: () => clock.at }
  return { clock, limiter: createMemoryRateLimiter({ clock, ...(maxKeys ? { maxKeys } : {}) }) }
}

describe('the suite', () =>
  describeRateLimiter(async () => {
    const limiter = createMemoryRateLimiter()
    return { limiter, elsewhere: limiter, close: async () => {} }
  }))

describe('the window', () => {
  it('slides: twenty of the last sixty seconds, to the millisecond', async () => {
    const { clock, limiter } = openLimiter()
    for (const _ of times(20, () => 0)) {
      expect((await limiter.take('a', 20, MINUTE)).allowed).toBe(true)
      clock.at += 1_000
    }
    expect(await limiter.take('a', 20, MINUTE)).toEqual({ allowed: false, retryAfterMs: 40_000 })
    clock.at += 39_999
    expect(await limiter.take('a', 20, MINUTE)).toEqual({ allowed: false, retryAfterMs: 1 })
    clock.at += 1
    expect(await limiter.take('a', 20, MINUTE)).toEqual({ allowed: true, retryAfterMs: 0 })
    expect(await limiter.take('a', 20, MINUTE)).toEqual({ allowed: false, retryAfterMs: 1_000 })
  })

  it('counts down to the place that has to run out where the limit has become smaller', async () => {
    const { clock, limiter } = openLimiter()
    for (const _ of times(4, () => 0)) {
      await limiter.take('a', 4, MINUTE)
      clock.at += 1_000
    }
    expect(await limiter.take('a', 2, MINUTE)).toEqual({ allowed: false, retryAfterMs: 58_000 })
    clock.at += 58_000
    expect((await limiter.take('a', 2, MINUTE)).allowed).toBe(true)
  })
})

describe('the keys', () => {
  it('are bounded: the one that was idle longest is forgotten, one that is used is not', async () => {
    const { limiter } = openLimiter(3)
    for (const key of ['idle', 'used', 'new', 'used']) await limiter.take(key, 9, MINUTE)
    await limiter.take('one more', 9, MINUTE)
    expect(await limiter.count('idle', MINUTE)).toBe(0)
    expect(await limiter.count('used', MINUTE)).toBe(2)
    expect(await limiter.count('new', MINUTE)).toBe(1)
  })

  it('that have run out make room before any that has not', async () => {
    const { clock, limiter } = openLimiter(3)
    for (const key of ['a', 'b']) await limiter.take(key, 9, MINUTE)
    clock.at += MINUTE
    for (const key of ['c', 'd', 'e']) await limiter.take(key, 9, MINUTE)
    for (const key of ['c', 'd', 'e']) expect(await limiter.count(key, MINUTE)).toBe(1)
  })

  it('of a flood under one rule make another rule forget nobody', async () => {
    const { limiter } = openLimiter(3)
    await limiter.note('failed sign-ins', DAY)
    for (const key of times(100, (index) => `stranger ${index}`)) await limiter.take(key, 9, MINUTE)
    expect(await limiter.count('failed sign-ins', DAY)).toBe(1)
  })

  it('of a flood do not free one that goes on taking', async () => {
    const { limiter } = openLimiter(10)
    const allowed: boolean[] = []
    for (const index of times(50, (index) => index)) {
      allowed.push((await limiter.take('busy', 20, MINUTE)).allowed)
      if (index < 20) for (const n of times(5, (n) => n)) await limiter.take(`${index}:${n}`, 9, MINUTE)
    }
    expect(allowed.filter(Boolean)).toHaveLength(20)
  })
})
