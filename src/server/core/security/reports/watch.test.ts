import { beforeEach, describe, expect, it } from 'vitest'
import { ListSecurityEvents, PERIODS } from '../../../contract/security-watch.ts'
import { enter, join, type Person } from '../../cast.testing.ts'
import { createTestCtx } from '../../context.testing.ts'
import { blockAddress, unblockAddress } from '../blacklist.ts'
import { noteAtDoor, noteSecurity } from '../note.ts'
import { getSecurityOverview, listSecurityEvents } from './watch.ts'

let test: ReturnType<typeof createTestCtx>
let root: Person
let anna: Person
let adam: Person
let bob: Person
let omar: Person
beforeEach(async () => {
  test = createTestCtx()
  root = await enter(test.ctx, 'root')
  anna = await enter(test.ctx, 'anna')
  adam = await join(anna.as, 'adam', 'admin')
  bob = await join(anna.as, 'bob')
  omar = await enter(test.ctx, 'omar')
})

const events = async ({ as }: Person, filter: Partial<ListSecurityEvents> = {}) =>
  listSecurityEvents(as, ListSecurityEvents.parse(filter))

describe('the overview', () => {
  it.each(['hour', 'day', 'week'] as const)(
    'draws every step of a %s, and its figures are their sum',
    async (period) => {
      noteSecurity(anna.as, 'rate_limit_violation')
      test.clock.advance(PERIODS[period].stepMs * 2)
      noteSecurity(bob.as, 'connection_limit')
      noteSecurity(bob.as, 'spam_blocked')
      const { points, figures, scope } = await getSecurityOverview(adam.as, { period })
      expect(scope).toBe('workspace')
      expect(points).toHaveLength((PERIODS[period].hours * 3_600_000) / PERIODS[period].stepMs)
      expect(figures).toEqual({ attempts: 0, failures: 0, limits: 2, spam: 1, blocked: 0 })
      expect(points.at(-1)).toMatchObject({ limits: 1, spam: 1 })
      expect(points.at(-3)).toMatchObject({ limits: 1, spam: 0 })
    },
  )

  it('forgets what is older than the period', async () => {
    noteSecurity(anna.as, 'spam_blocked')
    test.clock.advance(2 * 3_600_000)
    expect((await getSecurityOverview(anna.as, { period: 'hour' })).figures.spam).toBe(0)
    expect((await getSecurityOverview(anna.as, { period: 'day' })).figures.spam).toBe(1)
  })

  it('is of the instance to whoever runs it, and nothing of one workspace shows in another', async () => {
    noteSecurity(anna.as, 'spam_blocked')
    noteAtDoor(test.ctx, { kind: 'failed_authentication', address: '203.0.113.9' })
    const seen = async ({ as }: Person) => (await getSecurityOverview(as, { period: 'hour' })).figures
    expect(await seen(root)).toMatchObject({ spam: 1, failures: 1 })
    expect(await seen(anna)).toMatchObject({ spam: 1, failures: 0 })
    expect(await seen(omar)).toMatchObject({ spam: 0, failures: 0 })
  })

  it('is not for agents', async () => {
    await expect(getSecurityOverview(bob.as, { period: 'hour' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(events(bob)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('the events', () => {
  it('are told by page and by what they are, with addresses for whoever runs the instance alone', async () => {
    const from = { ...anna.as, actor: { ...anna.as.actor, address: '203.0.113.9' } }
    noteSecurity(from, 'rate_limit_violation', { limit: 'messages' })
    noteSecurity(from, 'spam_blocked')
    noteSecurity(from, 'connection_limit')
    expect((await events(adam, { of: 'limits' })).events).toMatchObject([
      { kind: 'connection_limit', by: null },
      { kind: 'rate_limit_violation', by: 'messages', user: { name: 'anna' }, address: null },
    ])
    const first = await events(adam, { limit: 2 })
    const second = await events(adam, { limit: 2, cursor: first.next ?? '' })
    expect([first.events.length, second.events.length, second.next]).toEqual([2, 1, null])
    expect((await events(root)).events[0]).toMatchObject({ address: '203.0.113.9' })
    expect((await events(omar)).events).toEqual([])
  })

  it('say whether they happened in the workspace that the reader works in', async () => {
    noteSecurity(anna.as, 'spam_held')
    expect((await events(anna)).events).toMatchObject([{ kind: 'spam_held', isHere: true }])
    expect((await events(root)).events).toMatchObject([{ kind: 'spam_held', isHere: false }])
  })

  it('of an address that is kept out name what can be lifted, until it is', async () => {
    await blockAddress(root.as, { ip: '203.0.113.9', reason: 'noise' })
    expect((await events(root, { of: 'blocked' })).events).toMatchObject([
      { kind: 'blacklisted', by: 'noise', network: '203.0.113.9/32' },
    ])
    await unblockAddress(root.as, { ip: '203.0.113.9/32' })
    expect((await events(root, { of: 'blocked' })).events).toMatchObject([{ network: null }])
    expect((await events(adam, { of: 'blocked' })).events).toEqual([])
  })
})
