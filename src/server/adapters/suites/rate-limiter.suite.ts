import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RateLimiter } from '../../core/ports/limits.ts'
import { times } from './stores.testing.ts'

const MINUTE = 60_000

export interface LimitersInTest {
  limiter: RateLimiter
  /** Of another node, or the same one where there are no others. */
  elsewhere: RateLimiter
  close(): Promise<void>
}

/** What every rate limiter promises. */
export function describeRateLimiter(open: () => Promise<LimitersInTest>) {
  let opened: LimitersInTest
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.close())

  it('lets twenty through on two nodes together, refuses the next on both and says when to come back', async () => {
    const key = randomUUID()
    const nodes = [opened.limiter, opened.elsewhere]
    for (const index of times(20, (index) => index))
      expect(await nodes[index % 2]?.take(key, 20, MINUTE)).toEqual({ allowed: true, retryAfterMs: 0 })
    for (const node of nodes) {
      const refused = await node.take(key, 20, MINUTE)
      expect(refused.allowed).toBe(false)
      expect(refused.retryAfterMs).toBeGreaterThan(MINUTE / 2)
      expect(refused.retryAfterMs).toBeLessThanOrEqual(MINUTE)
      expect(await node.count(key, MINUTE)).toBe(20)
    }
  })

  it('lets no more through when all come at once, on two nodes', async () => {
    const key = randomUUID()
    const nodes = [opened.limiter, opened.elsewhere]
    const taken = await Promise.all(times(60, (index) => nodes[index % 2]?.take(key, 20, MINUTE)))
    expect(taken.filter((one) => one?.allowed)).toHaveLength(20)
  })

  it('frees each place when it is as old as the window, and none before', async () => {
    const [key, windowMs] = [randomUUID(), 400]
    const { limiter, elsewhere } = opened
    const wait = async () => (await limiter.take(key, 1, windowMs)).retryAfterMs
    await limiter.take(key, 2, windowMs)
    await expect.poll(wait, { interval: 5 }).toBeLessThanOrEqual(windowMs / 2)
    const second = performance.now()
    expect((await elsewhere.take(key, 2, windowMs)).allowed).toBe(true)
    const third = () => limiter.take(key, 2, windowMs)
    await expect.poll(third, { interval: 5 }).toMatchObject({ allowed: true })
    const fourth = await elsewhere.take(key, 2, windowMs)
    expect(performance.now() + fourth.retryAfterMs).toBeGreaterThanOrEqual(second + windowMs - 10)
  })

  it('does not count what it refused', async () => {
    const [key, windowMs] = [randomUUID(), 300]
    const { limiter } = opened
    await limiter.take(key, 1, windowMs)
    // Refused every few milliseconds: if these counted, none would ever be allowed again.
    await expect.poll(() => limiter.take(key, 1, windowMs), { interval: 5 }).toMatchObject({ allowed: true })
  })

  it('refuses at a smaller limit until that many places have run out', async () => {
    const key = randomUUID()
    const { limiter } = opened
    for (const _ of times(4, () => 0)) await limiter.take(key, 4, MINUTE)
    expect((await limiter.take(key, 2, MINUTE)).allowed).toBe(false)
    expect((await limiter.take(key, 5, MINUTE)).allowed).toBe(true)
    expect(await limiter.take(key, 0, MINUTE)).toEqual({ allowed: false, retryAfterMs: MINUTE })
  })

  it('keeps keys, and windows of another length, apart', async () => {
    const { limiter } = opened
    const [key, other] = [randomUUID(), randomUUID()]
    await limiter.take(key, 1, MINUTE)
    expect((await limiter.take(other, 1, MINUTE)).allowed).toBe(true)
    expect((await limiter.take(key, 1, 2 * MINUTE)).allowed).toBe(true)
    expect((await limiter.take(key, 1, MINUTE)).allowed).toBe(false)
  })

  it('counts notes of both nodes without a limit, and forgets them with the window', async () => {
    const { limiter, elsewhere } = opened
    const key = randomUUID()
    expect(await limiter.count(key, MINUTE)).toBe(0)
    expect(await limiter.note(key, MINUTE)).toBe(1)
    expect(await elsewhere.note(key, MINUTE)).toBe(2)
    expect(await limiter.note(key, MINUTE)).toBe(3)
    expect(await elsewhere.count(key, MINUTE)).toBe(3)
    await limiter.note(key, 200)
    await expect.poll(() => limiter.count(key, 200), { interval: 5 }).toBe(0)
    expect(await limiter.count(key, MINUTE)).toBe(3)
  })

  it('counts no more than a thousand notes under a key', async () => {
    const key = randomUUID()
    const counts = await Promise.all(times(1_001, () => opened.limiter.note(key, MINUTE)))
    expect(Math.max(...counts)).toBe(1_000)
    expect(await opened.limiter.count(key, MINUTE)).toBe(1_000)
  })
}
