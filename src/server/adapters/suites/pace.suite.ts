import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Pace } from '../../core/ports/pace.ts'
import { times } from './stores.testing.ts'

const SLOW = { perSecond: 0.1, burst: 3 }
const HELD = 60_000

export interface PacesInTest {
  pace: Pace
  /** Of another node, or the same one where there are no others. */
  elsewhere: Pace
  close(): Promise<void>
}

/** What every pace promises. */
export function describePace(open: () => Promise<PacesInTest>) {
  let opened: PacesInTest
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.close())
  const nodes = () => [opened.pace, opened.elsewhere]

  it('gives a burst at once, on two nodes together, and says when the next turn comes', async () => {
    const key = randomUUID()
    for (const index of times(3, (at) => at))
      expect(await nodes()[index % 2]?.take(key, SLOW, 0)).toEqual({ taken: true, waitMs: 0 })
    for (const node of nodes()) {
      const { taken, waitMs } = await node.take(key, SLOW, 0)
      expect(taken).toBe(false)
      expect(waitMs).toBeGreaterThan(9_000)
      expect(waitMs).toBeLessThanOrEqual(10_000)
    }
  })

  it('keeps turns for those who can wait, one after another', async () => {
    const key = randomUUID()
    for (const _ of times(3, () => 0)) await opened.pace.take(key, SLOW, 0)
    const waits: number[] = []
    for (const index of times(4, (at) => at)) {
      const { taken, waitMs } = (await nodes()[index % 2]?.take(key, SLOW, HELD)) ?? {}
      expect(taken).toBe(true)
      waits.push(Math.round((waitMs ?? 0) / 10_000))
    }
    expect(waits).toEqual([1, 2, 3, 4])
  })

  it('takes nothing for those who cannot wait', async () => {
    const key = randomUUID()
    for (const _ of times(3, () => 0)) await opened.pace.take(key, SLOW, 0)
    for (const _ of times(5, () => 0)) expect((await opened.pace.take(key, SLOW, 9_000)).taken).toBe(false)
    expect((await opened.pace.take(key, SLOW, HELD)).waitMs).toBeLessThanOrEqual(10_000)
  })

  it('gives no more than the rate and the burst when all come at once', async () => {
    const key = randomUUID()
    const taken = await Promise.all(times(40, (at) => nodes()[at % 2]?.take(key, SLOW, 0)))
    expect(taken.filter((one) => one?.taken)).toHaveLength(3)
  })

  it('gives the next turn when its time has come, and not before', async () => {
    const [key, rate] = [randomUUID(), { perSecond: 5, burst: 1 }]
    await opened.pace.take(key, rate, 0)
    const began = performance.now()
    await expect
      .poll(() => opened.elsewhere.take(key, rate, 0), { interval: 5 })
      .toMatchObject({ taken: true })
    expect(performance.now() - began).toBeGreaterThan(180)
  })

  it('gives no turn while it is frozen, on every node, whatever the burst', async () => {
    const key = randomUUID()
    await opened.pace.freeze(key, 30_000)
    await opened.elsewhere.freeze(key, 1_000)
    for (const node of nodes()) {
      const { taken, waitMs } = await node.take(key, { perSecond: 100, burst: 50 }, 1_000)
      expect(taken).toBe(false)
      expect(waitMs).toBeGreaterThan(29_000)
    }
  })

  it('goes on when a freeze is over', async () => {
    const key = randomUUID()
    await opened.pace.freeze(key, 100)
    await expect.poll(() => opened.pace.take(key, SLOW, 0), { interval: 5 }).toMatchObject({ taken: true })
  })

  it('keeps keys apart', async () => {
    const [key, other] = [randomUUID(), randomUUID()]
    await opened.pace.freeze(key, 30_000)
    expect(await opened.pace.take(other, SLOW, 0)).toEqual({ taken: true, waitMs: 0 })
  })
}
