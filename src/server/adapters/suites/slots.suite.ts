import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Slots } from '../../core/ports/limits.ts'
import { times } from './stores.testing.ts'

export interface SlotsInTest {
  slots: Slots
  /** Of another node, or the same one where there are no others. */
  elsewhere: Slots
  /** Of leases so short that a holder nobody renews is soon gone. */
  forgetful: Slots
  close(): Promise<void>
}

/** What every adapter of slots promises. */
export function describeSlots(open: () => Promise<SlotsInTest>) {
  let opened: SlotsInTest
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.close())

  it('gives five places on two nodes together, and the sixth holder none', async () => {
    const key = randomUUID()
    const nodes = [opened.slots, opened.elsewhere]
    for (const index of times(5, (index) => index))
      expect(await nodes[index % 2]?.acquire(key, `h${index}`, 5)).toBe(true)
    for (const node of nodes) expect(await node.acquire(key, 'sixth', 5)).toBe(false)
    expect(await opened.slots.acquire(randomUUID(), 'sixth', 5)).toBe(true)
  })

  it('gives no more when all come at once, on two nodes', async () => {
    const key = randomUUID()
    const nodes = [opened.slots, opened.elsewhere]
    const got = await Promise.all(times(15, (index) => nodes[index % 2]?.acquire(key, `h${index}`, 5)))
    expect(got.filter(Boolean)).toHaveLength(5)
  })

  it('leaves a holder its place, and counts it once, also where the limit has become smaller', async () => {
    const { slots } = opened
    const key = randomUUID()
    await slots.acquire(key, 'a', 2)
    expect(await slots.acquire(key, 'a', 2)).toBe(true)
    expect(await slots.acquire(key, 'b', 2)).toBe(true)
    expect(await slots.acquire(key, 'a', 1)).toBe(true)
    expect(await slots.acquire(key, 'c', 2)).toBe(false)
    expect(await slots.acquire(randomUUID(), 'a', 0)).toBe(false)
  })

  it('gives a released place to the next, on either node, and a stranger releases none', async () => {
    const { slots, elsewhere } = opened
    const key = randomUUID()
    await slots.acquire(key, 'a', 1)
    await elsewhere.release(key, 'strange')
    expect(await elsewhere.acquire(key, 'b', 1)).toBe(false)
    await slots.release(key, 'a')
    expect(await elsewhere.acquire(key, 'b', 1)).toBe(true)
    expect(await slots.acquire(key, 'a', 1)).toBe(false)
  })

  it('holds nothing for a holder that is released while it still acquires', async () => {
    const { slots } = opened
    const key = randomUUID()
    await Promise.all([slots.acquire(key, 'a', 1), slots.release(key, 'a')])
    expect(await slots.acquire(key, 'b', 1)).toBe(true)
  })

  it('frees the place of a holder that is not renewed, and keeps that of one who is', async () => {
    const { forgetful } = opened
    const key = randomUUID()
    await forgetful.acquire(key, 'crashed', 2)
    await forgetful.acquire(key, 'alive', 2)
    const next = async () => {
      await forgetful.renew(key, 'alive')
      return forgetful.acquire(key, 'next', 2)
    }
    await expect.poll(next, { interval: 5 }).toBe(true)
    await forgetful.renew(key, 'alive')
    await forgetful.renew(key, 'next')
    expect(await forgetful.acquire(key, 'crashed', 2)).toBe(false)
  })

  it('counts a living holder again whose lease had run out', async () => {
    const { forgetful } = opened
    const key = randomUUID()
    await forgetful.acquire(key, 'stalled', 1)
    await expect.poll(() => forgetful.acquire(key, 'next', 1), { interval: 5 }).toBe(true)
    await forgetful.renew(key, 'next')
    await forgetful.renew(key, 'stalled')
    expect(await forgetful.acquire(key, 'third', 2)).toBe(false)
  })

  it('asks for a beat that leaves time for three in a lease of 35 s', () => {
    expect(opened.slots.beatMs).toBe(10_000)
  })
}
