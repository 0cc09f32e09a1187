import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Signal } from '../../contract/event.ts'
import { join, openListed } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { publishSignal } from './signals.ts'
import { setTyping } from './typing.ts'
import { setViewing } from './viewing.ts'
import { subscribeSignals } from './watch.ts'

const OFFLINE_GRACE_MS = 15_000

let test: ReturnType<typeof createTestCtx>
let anna: MemberCtx
let bob: MemberCtx
let conversationId: string
beforeEach(async () => {
  vi.useFakeTimers()
  test = createTestCtx()
  anna = await actAs(test.ctx, 'anna')
  bob = (await join(anna, 'bob')).as
  conversationId = (await openListed(anna)).id
})
afterEach(() => vi.useRealTimers())

const pass = async (ms: number) => {
  test.clock.advance(ms)
  await vi.advanceTimersByTimeAsync(ms)
}

/** A console that collects what it is told. */
async function watch(member: MemberCtx, connectionId: string) {
  const abort = new AbortController()
  const told: Signal[] = []
  const running = (async () => {
    for await (const signal of subscribeSignals(member, { connectionId, signal: abort.signal }))
      told.push(signal)
  })()
  await pass(0)
  const stop = async () => {
    abort.abort()
    await running.catch(() => {})
  }
  return { told, stop }
}
const presenceIn = (told: Signal[]) =>
  told.flatMap((signal) => (signal.type === 'presence' ? [`${signal.name} ${signal.isOnline}`] : []))

it('starts with who is there, then tells who comes and who is gone for good', async () => {
  const hers = await watch(anna, 'a')
  const his = await watch(bob, 'b')
  expect([...new Set(presenceIn(his.told))].sort()).toEqual(['anna true', 'bob true'])
  expect(presenceIn(hers.told)).toContain('bob true')
  await his.stop()
  await pass(OFFLINE_GRACE_MS - 1)
  expect(presenceIn(hers.told)).not.toContain('bob false')
  await pass(1)
  expect(presenceIn(hers.told)).toContain('bob false')
  await hers.stop()
})

it('tells typing and viewing to the others, and one who comes later what is looked at now', async () => {
  const hers = await watch(anna, 'a')
  const his = await watch(bob, 'b')
  await setTyping(anna, { conversationId, isTyping: true, connectionId: 'a' })
  await setViewing(anna, { conversationId, connectionId: 'a' })
  await pass(0)
  expect(his.told).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ type: 'typing', isTyping: true })]),
  )
  expect(hers.told.filter(({ type }) => type !== 'presence')).toEqual([])
  const late = await watch(bob, 'c')
  await pass(0)
  expect(late.told).toContainEqual(expect.objectContaining({ type: 'viewing', conversationId, name: 'anna' }))
  await hers.stop()
  await pass(0)
  expect(late.told.at(-1)).toMatchObject({ type: 'viewing', conversationId: null, name: 'anna' })
  await Promise.all([his.stop(), late.stop()])
})

it('tells nothing of another workspace, nor of a raw room', async () => {
  const omar = await actAs(test.ctx, 'omar')
  const his = await watch(omar, 'o')
  const hers = await watch(anna, 'a')
  const before = [his.told.length, hers.told.length]
  await expect(setTyping(omar, { conversationId, isTyping: true, connectionId: 'o' })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(setViewing(omar, { conversationId, connectionId: 'o' })).rejects.toMatchObject({
    code: 'not_found',
  })
  const inRoom = {
    type: 'presence' as const,
    userId: bob.actor.userId,
    name: 'bob',
    isOnline: true,
    conversationId,
  }
  publishSignal(anna.bus, anna.actor.workspaceId, inRoom)
  await setTyping(bob, { conversationId, isTyping: true, connectionId: 'b' })
  await pass(0)
  expect([his.told.length, hers.told.length]).toEqual([before[0], (before[1] ?? 0) + 1])
  await Promise.all([his.stop(), hers.stop()])
})

it('tells as gone whose node died without a word', async () => {
  const hers = await watch(anna, 'a')
  await test.ctx.presence.enter(`console:${anna.actor.workspaceId}`, bob.actor.userId, 'on another node')
  const online = { type: 'presence' as const, userId: bob.actor.userId, name: 'bob', isOnline: true }
  publishSignal(anna.bus, anna.actor.workspaceId, online)
  for (let beats = 0; beats < 4; beats++) await pass(test.ctx.presence.beatMs)
  expect(presenceIn(hers.told)).toEqual(expect.arrayContaining(['bob true', 'bob false']))
  expect(presenceIn(hers.told)).not.toContain('anna false')
  await hers.stop()
})
