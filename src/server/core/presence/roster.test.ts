import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTestCtx } from '../context.testing.ts'
import { Roster } from './roster.ts'

const PLACE = 'room:C1'

let test: ReturnType<typeof createTestCtx>
let gone: [number, string][]
let roster: Roster
beforeEach(async () => {
  vi.useFakeTimers()
  test = createTestCtx()
  gone = []
  roster = new Roster(test.ctx.presence, PLACE, (userId, name) => gone.push([userId, name]))
  await test.ctx.presence.enter(PLACE, 1, 'a')
})
afterEach(() => {
  roster.close()
  vi.useRealTimers()
})

const LEASE = () => 3 * test.ctx.presence.beatMs

it('tells those whose lease ran out without a word, once', async () => {
  roster.hear(1, 'Anna', true)
  roster.hear(2, 'Bob', true)
  await test.ctx.presence.enter(PLACE, 2, 'b')
  await roster.compare()
  expect(gone).toEqual([])
  test.clock.advance(LEASE())
  await test.ctx.presence.beat(PLACE, 1, 'a')
  await vi.advanceTimersByTimeAsync(test.ctx.presence.beatMs)
  await roster.compare()
  expect(gone).toEqual([[2, 'Bob']])
})

it('tells nobody who said so themselves, nor anybody it never heard of', async () => {
  roster.hear(1, 'Anna', true)
  roster.hear(1, 'Anna', false)
  test.clock.advance(LEASE())
  await roster.compare()
  expect(gone).toEqual([])
})

it('says nothing any more once it is closed, and survives a presence that is away', async () => {
  roster.hear(1, 'Anna', true)
  const who = vi.spyOn(test.ctx.presence, 'who').mockRejectedValue(new Error('away'))
  await vi.advanceTimersByTimeAsync(test.ctx.presence.beatMs)
  expect(gone).toEqual([])
  who.mockRestore()
  roster.close()
  test.clock.advance(LEASE())
  await vi.advanceTimersByTimeAsync(LEASE())
  expect(gone).toEqual([])
})
