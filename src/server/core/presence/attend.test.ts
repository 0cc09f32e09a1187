import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTestCtx } from '../context.testing.ts'
import { attend } from './attend.ts'

const PLACE = 'room:C1'
const GRACE = 3_000

let test: ReturnType<typeof createTestCtx>
let told: boolean[]
beforeEach(() => {
  vi.useFakeTimers()
  test = createTestCtx()
  told = []
})
afterEach(() => vi.useRealTimers())

const pass = async (ms: number) => {
  test.clock.advance(ms)
  await vi.advanceTimersByTimeAsync(ms)
}
const come = (connectionId: string, userId = 1) =>
  attend(test.ctx, {
    place: PLACE,
    userId,
    connectionId,
    graceMs: GRACE,
    tell: (isOnline) => told.push(isOnline),
  })
const here = () => test.ctx.presence.who(PLACE)

it('tells the first connection that comes and the last that is gone for good', async () => {
  const [one, two] = [await come('a'), await come('b')]
  expect([told, await here()]).toEqual([[true], [1]])
  one()
  await pass(GRACE)
  expect([told, await here()]).toEqual([[true], [1]])
  two()
  await pass(GRACE - 1)
  expect(told).toEqual([true])
  await pass(1)
  expect([told, await here()]).toEqual([[true, false], []])
})

it('tells nothing of a page that reloads', async () => {
  const leave = await come('a')
  leave()
  await pass(GRACE - 1)
  await come('b')
  await pass(GRACE)
  expect([told, await here()]).toEqual([[true], [1]])
})

it('keeps its lease for as long as it attends, and no longer', async () => {
  await come('a')
  for (let beats = 0; beats < 10; beats++) await pass(test.ctx.presence.beatMs)
  expect(await here()).toEqual([1])
  vi.clearAllTimers()
  test.clock.advance(4 * test.ctx.presence.beatMs)
  expect(await here()).toEqual([])
})

it('survives a presence that is away', async () => {
  const away = () => Promise.reject(new Error('away'))
  const leave = await attend(
    { presence: { ...test.ctx.presence, beat: away, leave: away }, log: test.ctx.log },
    { place: PLACE, userId: 1, connectionId: 'a', graceMs: GRACE, tell: (isOnline) => told.push(isOnline) },
  )
  await pass(test.ctx.presence.beatMs)
  leave()
  await pass(GRACE)
  expect(told).toEqual([true])
  expect(test.log.sentences).toEqual([{ level: 'warn', sentence: 'Presence could not be ended' }])
})
