import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Role } from '../../contract/account.ts'
import { join } from '../cast.testing.ts'
import { actAs, BEGINNING, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { acceptInvitation, inviteMember } from '../workspaces/invite.ts'
import { removeMember } from '../workspaces/members.ts'
import { authenticateSession } from './authenticate.ts'
import { tellStanding } from './session-end.ts'
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

const follow = (name: string, { actor } = anna) =>
  watch.watch(actor, (why) => ended.push(why === 'over' ? name : `${name} changed`))

it('ends all that lives on a session at once when the session ends, each once, and nothing else', async () => {
  const omar = await actAs(test.ctx, 'omar')
  follow('one')
  follow('two')
  follow('other', omar)
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
  follow('expired', omar)
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
  const accounts = { ...test.ctx.accounts, standings: away }
  const blind = new SessionWatch({ ...test.ctx, accounts })
  await blind.check()
  expect(asked).toBe(0)
  blind.watch(anna.actor, () => ended.push('one'))
  await blind.check()
  expect([asked, ended]).toEqual([1, []])
})

it('asks once for any number of sockets', async () => {
  const asked: string[][] = []
  const standings = (ids: string[]) => {
    asked.push(ids)
    return test.ctx.accounts.standings(ids)
  }
  const counting = new SessionWatch({ ...test.ctx, accounts: { ...test.ctx.accounts, standings } })
  for (let index = 0; index < 50; index++) counting.watch(anna.actor, () => {})
  await counting.check()
  expect(asked).toEqual([[anna.actor.sessionId]])
})

const setRole = (userId: number, from: Role, to: Role) =>
  test.ctx.accounts.setRole({ workspaceId: anna.actor.workspaceId, userId, from, to })

it('ends what a person opened as somebody they no longer are, when told and when not, and nothing opened since', async () => {
  const bob = (await join(anna, 'bob')).as
  follow('as agent', bob)
  follow('anna')
  await watch.check()
  expect(ended).toEqual([])
  await setRole(bob.actor.userId, 'agent', 'admin')
  await watch.check()
  expect(ended).toEqual(['as agent changed'])
  const now = { ...bob, actor: await authenticateSession(bob, bob.actor.sessionId) }
  follow('as admin', now)
  await watch.check()
  await setRole(bob.actor.userId, 'admin', 'agent')
  tellStanding(test.ctx.bus)
  await expect.poll(() => ended).toEqual(['as agent changed', 'as admin changed'])
  await endSession(bob, bob.actor.sessionId)
  expect(ended).toHaveLength(2)
})

it('ends what a removed person has open, and nothing of one who came into a workspace more', async () => {
  const omar = await actAs(test.ctx, 'omar')
  follow('omar', omar)
  const bob = (await join(anna, 'bob')).as
  follow('bob', bob)
  await removeMember(anna, { userId: bob.actor.userId })
  await expect.poll(() => ended).toEqual(['bob changed'])
  const { url } = await inviteMember(anna, { email: 'omar@example.com', role: 'agent' })
  await acceptInvitation(omar, { token: url.split('/').at(-1) ?? '' })
  await watch.check()
  expect(ended).toEqual(['bob changed'])
})

it('notes that sessions are in use, by a call or by a socket, and no more often than once a minute', async () => {
  const omar = await actAs(test.ctx, 'omar')
  const seenAt = async ({ actor }: MemberCtx) =>
    (await test.ctx.accounts.sessionsOf(actor.userId)).map(
      ({ lastSeenAt }) => Date.parse(lastSeenAt) - BEGINNING,
    )
  follow('anna')
  const noteAfter = async (ms: number) => {
    test.clock.advance(ms)
    await watch.noteUse()
    return [await seenAt(anna), await seenAt(omar)]
  }
  expect(await noteAfter(60_001)).toEqual([[60_001], [0]])
  watch.seen(omar.actor.sessionId)
  expect(await noteAfter(59_999)).toEqual([[60_001], [120_000]])
  expect(await noteAfter(2)).toEqual([[120_002], [120_000]])
})
