import { beforeEach, describe, expect, it } from 'vitest'
import { SecuritySummary, UserActivity, UserStats } from '../../../contract/security.ts'
import { enter, join, openKey, openListed, type Person } from '../../cast.testing.ts'
import { createTestCtx } from '../../context.testing.ts'
import type { MemberCtx } from '../../context.ts'
import { sendMessage } from '../../messages/send.ts'
import { noteSecurity } from '../note.ts'
import { getUserActivityReport, getUserWebsocketStats } from './activity.ts'
import { getSecuritySummary } from './summary.ts'

const HOUR = 3_600_000

let test: ReturnType<typeof createTestCtx>
let root: Person
let anna: Person
let bob: Person
let omar: Person
beforeEach(async () => {
  test = createTestCtx()
  root = await enter(test.ctx, 'root')
  anna = await enter(test.ctx, 'anna')
  bob = await join(anna.as, 'bob')
  omar = await enter(test.ctx, 'omar')
  root.as.actor.isInstanceAdmin = true
})

const idOf = ({ as }: Person) => as.actor.userId
const send = (as: MemberCtx, conversationId: string) =>
  sendMessage(as, { conversationId, content: 'hi', type: 'support', clientId: null })

describe('the summary', () => {
  it('has the seven keys of the seed and nothing else', async () => {
    const summary = SecuritySummary.parse(await getSecuritySummary(anna.as, 24))
    expect(Object.keys(summary)).toHaveLength(7)
    expect(summary).toMatchObject({ timeframe_hours: 24, rate_limit_violations: 0 })
  })

  it('shows an agent their own, an owner the workspace, the instance administrator all', async () => {
    noteSecurity(bob.as, 'spam_blocked')
    noteSecurity(anna.as, 'rate_limit_violation')
    noteSecurity(omar.as, 'connection_limit')
    const spam = async ({ as }: Person) => (await getSecuritySummary(as, 1)).spam_messages_blocked
    const limits = async ({ as }: Person) => (await getSecuritySummary(as, 1)).rate_limit_violations
    expect([await spam(bob), await limits(bob)]).toEqual([1, 0])
    expect([await spam(anna), await limits(anna)]).toEqual([1, 1])
    expect([await spam(omar), await limits(omar)]).toEqual([0, 1])
    expect([await spam(root), await limits(root)]).toEqual([1, 2])
  })

  it('counts the blacklist for the instance administrator alone', async () => {
    const expiresAt = test.clock.now() + HOUR
    await test.ctx.blockedIps.put({ network: '203.0.113.9/32', reason: 'x', createdBy: null, expiresAt })
    expect((await getSecuritySummary(root.as, 1)).blacklisted_ips).toBe(1)
    expect((await getSecuritySummary(anna.as, 1)).blacklisted_ips).toBe(0)
  })

  it('honours its hours, in parts too', async () => {
    noteSecurity(anna.as, 'spam_blocked')
    test.clock.advance(HOUR)
    expect((await getSecuritySummary(anna.as, 0.5)).spam_messages_blocked).toBe(0)
    expect((await getSecuritySummary(anna.as, 1.5)).spam_messages_blocked).toBe(1)
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2161])('refuses %d hours', async (hours) => {
    await expect(getSecuritySummary(anna.as, hours)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('the figures of a person', () => {
  it('count what they sent within the hours', async () => {
    const { id } = await openListed(anna.as)
    await send(anna.as, id)
    test.clock.advance(2 * HOUR)
    await send(anna.as, id)
    const stats = UserStats.parse(await getUserWebsocketStats(anna.as, idOf(anna), 1))
    expect(stats).toMatchObject({ messages_sent: 1, active_conversations: 1, period_hours: 1 })
    expect(await getUserWebsocketStats(anna.as, idOf(anna))).toMatchObject({ messages_sent: 2 })
  })

  it('are their own and those of whoever watches over their workspace, and there alone', async () => {
    await send(bob.as, (await openListed(anna.as)).id)
    const own = bob.as.actor.workspaces.find(({ role }) => role === 'owner')
    await send(
      bob.as,
      (await openListed({ ...bob.as, actor: { ...bob.as.actor, workspaceId: own?.id ?? 0 } })).id,
    )
    const sent = async (asker: Person) => (await getUserWebsocketStats(asker.as, idOf(bob))).messages_sent
    expect([await sent(bob), await sent(anna)]).toEqual([2, 1])
  })

  it('are not there for anybody else', async () => {
    const key = await openKey(anna.as, ['read'])
    for (const asker of [omar, root, key])
      for (const ask of [getUserWebsocketStats, getUserActivityReport])
        await expect(ask(asker.as, idOf(bob))).rejects.toMatchObject({ code: 'not_found' })
    await expect(getUserActivityReport(bob.as, idOf(anna))).rejects.toMatchObject({ code: 'not_found' })
    await expect(getUserActivityReport(anna.as, 999)).rejects.toMatchObject({ code: 'not_found' })
    await expect(getUserActivityReport(key.as, idOf(anna))).rejects.toMatchObject({ code: 'not_found' })
  })

  it('make a report with the five keys of the seed, newest first', async () => {
    for (let index = 0; index < 11; index++) {
      await openListed(anna.as)
      test.clock.advance(1_000)
    }
    noteSecurity({ ...anna.as, actor: { ...anna.as.actor, address: '203.0.113.9' } }, 'spam_blocked')
    const report = UserActivity.parse(await getUserActivityReport(anna.as, idOf(anna)))
    expect(Object.keys(report)).toHaveLength(5)
    const times = report.recent_conversations.map(({ updated_at }) => updated_at)
    expect(times).toHaveLength(10)
    expect(times).toEqual(times.toSorted().reverse())
    expect(report.security_events).toMatchObject([{ reason: 'spam_blocked', ip_address: null }])
    const asRoot = { ...anna.as, actor: { ...anna.as.actor, isInstanceAdmin: true } }
    const [event] = (await getUserActivityReport(asRoot, idOf(anna))).security_events
    expect(event?.ip_address).toBe('203.0.113.9')
  })
})
