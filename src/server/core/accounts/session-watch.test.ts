import { afterEach, beforeEach, expect, it } from 'vitest'
import { actAs, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { SessionWatch } from './session-watch.ts'
import { endSession } from './tokens.ts'

let test: ReturnType<typeof createTestCtx>
let anna: MemberCtx
let watch: SessionWatch
let ended: string[]
beforeEach(async () => {
  test = createTestCtx()
  anna = await actAs(test.ctx, 'anna')
  watch = new SessionWatch(test.ctx)
  watch.start()
  ended = []
})
afterEach(() => watch.close())

const follow = (name: string, sessionId = anna.actor.sessionId) =>
  watch.watch(sessionId, () => ended.push(name))

it('ends all that lives on a session at once when the session ends, each once, and nothing else', async () => {
  const omar = await actAs(test.ctx, 'omar')
  follow('one')
  follow('two')
  follow('other', omar.actor.sessionId)
  await endSession(anna, anna.actor.sessionId)
  expect(ended).toEqual(['one', 'two'])
  test.ctx.bus.publish('sessions', { sessionId: anna.actor.sessionId })
  await watch.check()
  expect(ended).toEqual(['one', 'two'])
})

it('finds out by itself where nobody said so, or where the time is over', async () => {
  follow('revoked')
  await watch.check()
  expect(ended).toEqual([])
  await test.ctx.accounts.revokeSession(anna.actor.sessionId)
  await watch.check()
  expect(ended).toEqual(['revoked'])
  const omar = await actAs(test.ctx, 'omar')
  follow('expired', omar.actor.sessionId)
  test.clock.advance(2 * 86_400_000)
  await watch.check()
  expect(ended).toEqual(['revoked', 'expired'])
})

it('ends nothing that stopped watching', async () => {
  const stop = follow('one')
  follow('two')
  stop()
  stop()
  await endSession(anna, anna.actor.sessionId)
  expect(ended).toEqual(['two'])
})

it('ends nobody because the store is away, and does not ask it about nothing', async () => {
  let asked = 0
  const away = async () => {
    asked++
    throw new Error('connection refused')
  }
  const accounts = { ...test.ctx.accounts, liveSessions: away }
  const blind = new SessionWatch({ ...test.ctx, accounts })
  await blind.check()
  expect(asked).toBe(0)
  blind.watch(anna.actor.sessionId, () => ended.push('one'))
  await blind.check()
  expect([asked, ended]).toEqual([1, []])
})

it('asks once for any number of sockets', async () => {
  const asked: string[][] = []
  const liveSessions = (ids: string[]) => {
    asked.push(ids)
    return test.ctx.accounts.liveSessions(ids)
  }
  const counting = new SessionWatch({ ...test.ctx, accounts: { ...test.ctx.accounts, liveSessions } })
  for (let index = 0; index < 50; index++) counting.watch(anna.actor.sessionId, () => {})
  await counting.check()
  expect(asked).toEqual([[anna.actor.sessionId]])
})
