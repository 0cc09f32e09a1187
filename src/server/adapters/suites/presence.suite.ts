import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Presence } from '../../core/ports/live.ts'
import { times } from './stores.testing.ts'

export interface PresencesInTest {
  presence: Presence
  /** Of another node, or the same one where there are no others. */
  elsewhere: Presence
  /** Of leases so short that a connection nobody renews is soon gone. */
  forgetful: Presence
  close(): Promise<void>
}

/** What every presence promises. */
export function describePresence(open: () => Promise<PresencesInTest>) {
  let opened: PresencesInTest
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.close())

  it('tells the first connection of a person at a place, and the last', async () => {
    const { presence, elsewhere } = opened
    const place = `console:${randomUUID()}`
    expect(await presence.enter(place, 1, 'a')).toBe(true)
    expect(await elsewhere.enter(place, 1, 'b')).toBe(false)
    expect(await presence.enter(place, 2, 'c')).toBe(true)
    expect(await presence.leave(place, 1, 'a')).toBe(false)
    expect(await presence.who(place)).toEqual(expect.arrayContaining([1, 2]))
    expect(await elsewhere.leave(place, 1, 'b')).toBe(true)
    expect(await elsewhere.who(place)).toEqual([2])
    expect(await presence.leave(place, 2, 'c')).toBe(true)
    expect(await presence.who(place)).toEqual([])
  })

  it('tells one first and one last of ten connections that come and go at once', async () => {
    const place = `room:${randomUUID()}`
    const nodes = [opened.presence, opened.elsewhere]
    const all = (verb: 'enter' | 'leave') =>
      Promise.all(times(10, (index) => nodes[index % 2]?.[verb](place, 1, `c${index}`)))
    expect((await all('enter')).filter(Boolean)).toHaveLength(1)
    expect((await all('leave')).filter(Boolean)).toHaveLength(1)
  })

  it('takes a connection that enters again for the same, and one that never entered for none', async () => {
    const { presence } = opened
    const place = `room:${randomUUID()}`
    expect(await presence.leave(place, 1, 'a')).toBe(false)
    await presence.enter(place, 1, 'a')
    expect(await presence.enter(place, 1, 'a')).toBe(false)
    expect(await presence.leave(place, 1, 'strange')).toBe(false)
    expect(await presence.leave(place, 11, 'a')).toBe(false)
    expect(await presence.leave(place, 1, 'a')).toBe(true)
    expect(await presence.leave(place, 1, 'a')).toBe(false)
  })

  it('keeps places and people apart', async () => {
    const { presence } = opened
    const [here, there] = [`room:${randomUUID()}`, `room:${randomUUID()}`]
    await presence.enter(here, 1, 'a')
    expect(await presence.who(there)).toEqual([])
    expect(await presence.enter(there, 1, 'a')).toBe(true)
    expect(await presence.enter(here, 12, 'a')).toBe(true)
    expect(await presence.leave(there, 1, 'a')).toBe(true)
    expect((await presence.who(here)).toSorted((a, b) => a - b)).toEqual([1, 12])
  })

  describe('a connection that is not renewed', () => {
    it('is gone when its lease runs out, and the next one is the first again', async () => {
      const { forgetful } = opened
      const place = `room:${randomUUID()}`
      await forgetful.enter(place, 1, 'crashed')
      await expect.poll(() => forgetful.who(place), { interval: 10 }).toEqual([])
      expect(await forgetful.leave(place, 1, 'crashed')).toBe(false)
      expect(await forgetful.enter(place, 1, 'new')).toBe(true)
    })

    it('is gone although others at the place are renewed, who stay', async () => {
      const { forgetful } = opened
      const place = `room:${randomUUID()}`
      await forgetful.enter(place, 1, 'crashed')
      await forgetful.enter(place, 2, 'alive')
      const look = async () => {
        await forgetful.beat(place, 2, 'alive')
        return forgetful.who(place)
      }
      await expect.poll(look, { interval: 10 }).toEqual([2])
      expect(await forgetful.enter(place, 2, 'more')).toBe(false)
    })
  })
}
