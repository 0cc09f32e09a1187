import { expect, it, vi } from 'vitest'
import type { SecurityKind } from '../../contract/security.ts'
import type { EventScope, PlaceScope } from '../../core/ports/reports.ts'
import type { SecurityNote } from '../../core/ports/security.ts'
import {
  answered,
  type OpenStores,
  openConversation,
  openWorkspace,
  said,
  storesOf,
} from './stores.testing.ts'

const MINUTE = 60_000
const ago = (minutes: number) => Date.now() - minutes * MINUTE

/** What reading what was noted promises. Notes are written behind the caller's back, so tests wait for them. */
export function describeReports(open: OpenStores) {
  const opened = storesOf(open)
  const reports = () => opened().elsewhere.reports
  const note = (kind: SecurityKind, more: Partial<SecurityNote> = {}) =>
    opened().stores.security.note({
      kind,
      workspaceId: null,
      userId: null,
      address: '203.0.113.9',
      detail: {},
      ...more,
    })
  const untilNoted = (scope: PlaceScope, count: number) =>
    vi.waitFor(async () => expect(await reports().events(scope, { limit: 50 })).toHaveLength(count))
  const nobody = (workspaceIds: number[]): EventScope => ({ workspaceIds, userId: 0 })

  it('counts by kind in the workspaces that are named, floods too, and nothing of others', async () => {
    const [mine, theirs] = [await openWorkspace(opened().stores), await openWorkspace(opened().stores)]
    note('spam_blocked', { workspaceId: mine.id })
    note('rate_limit_violation', { workspaceId: mine.id, count: 41 })
    note('rate_limit_violation', { workspaceId: mine.id })
    note('rate_limit_violation', { workspaceId: theirs.id })
    await untilNoted({ workspaceIds: [mine.id, theirs.id] }, 4)
    for (const minutes of [0.5, 5, 600])
      expect(await reports().counts(nobody([mine.id]), ago(minutes))).toMatchObject({
        spam_blocked: 1,
        rate_limit_violation: 42,
        failed_authentication: 0,
      })
    expect(await reports().counts(nobody([mine.id]), Date.now() + MINUTE)).toMatchObject({ spam_blocked: 0 })
    expect((await reports().counts('instance', ago(5))).rate_limit_violation).toBeGreaterThanOrEqual(43)
  })

  it('adds what a person ran into elsewhere, once', async () => {
    const [mine, theirs] = [await openWorkspace(opened().stores), await openWorkspace(opened().stores)]
    const userId = mine.user.id
    note('spam_blocked', { workspaceId: mine.id, userId })
    note('spam_blocked', { workspaceId: theirs.id, userId })
    note('spam_blocked', { workspaceId: theirs.id, userId: theirs.user.id })
    await untilNoted({ workspaceIds: [mine.id, theirs.id] }, 3)
    expect(await reports().counts({ workspaceIds: [mine.id], userId }, ago(5))).toMatchObject({
      spam_blocked: 2,
    })
    expect(await reports().counts({ workspaceIds: [], userId }, ago(5))).toMatchObject({ spam_blocked: 2 })
  })

  it('files a person without a workspace where they work', async () => {
    const { id, user } = await openWorkspace(opened().stores)
    note('failed_authentication', { userId: user.id })
    await untilNoted({ workspaceIds: [id] }, 1)
    expect(await reports().events({ workspaceIds: [id] }, { limit: 5 })).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        kind: 'failed_authentication',
        count: 1,
        workspaceId: id,
        user: { id: user.id, name: 'Nima Rad' },
        address: '203.0.113.9',
        detail: {},
      },
    ])
  })

  it('lists newest first, by kind, by page, and each workspace its own', async () => {
    const [mine, theirs] = [await openWorkspace(opened().stores), await openWorkspace(opened().stores)]
    const kinds = ['spam_blocked', 'connection_limit', 'spam_blocked'] as const
    for (const kind of kinds) note(kind, { workspaceId: mine.id })
    note('blacklisted', { workspaceId: theirs.id })
    await untilNoted({ workspaceIds: [mine.id, theirs.id] }, 4)
    const scope = { workspaceIds: [mine.id] }
    const all = await reports().events(scope, { limit: 10 })
    expect(all.map(({ kind }) => kind)).toEqual([...kinds])
    const [first] = await reports().events(scope, { limit: 1 })
    expect(await reports().events(scope, { limit: 10, before: first?.id })).toEqual(all.slice(1))
    const limits = await reports().events(scope, { limit: 10, kinds: ['connection_limit'] })
    expect(limits).toEqual([all[1]])
    expect(await reports().events(scope, { limit: 10, kinds: ['blacklisted'] })).toEqual([])
    expect((await reports().events('instance', { limit: 1 }))[0]?.workspaceId).toBe(theirs.id)
  })

  it('adds up in steps', async () => {
    const { id } = await openWorkspace(opened().stores)
    note('spam_blocked', { workspaceId: id, count: 3 })
    note('spam_blocked', { workspaceId: id })
    await untilNoted({ workspaceIds: [id] }, 2)
    const stepMs = 24 * 60 * MINUTE
    const series = await reports().series({ workspaceIds: [id] }, { since: ago(60), stepMs })
    expect(series.reduce((sum, { count }) => sum + count, 0)).toBe(4)
    expect(series.every(({ at, kind }) => at % stepMs === 0 && kind === 'spam_blocked')).toBe(true)
    expect(await reports().series({ workspaceIds: [id] }, { since: ago(-60), stepMs })).toEqual([])
  })

  it("tells a person's own events in the workspaces that are named", async () => {
    const [mine, theirs] = [await openWorkspace(opened().stores), await openWorkspace(opened().stores)]
    const userId = mine.user.id
    note('spam_blocked', { workspaceId: mine.id, userId })
    note('connection_limit', { workspaceId: theirs.id, userId })
    note('blacklisted', { workspaceId: mine.id, userId: theirs.user.id })
    await untilNoted({ workspaceIds: [mine.id, theirs.id] }, 3)
    const kindsIn = async (workspaceIds: number[]) =>
      (await reports().eventsOf(userId, workspaceIds, 10)).map(({ kind }) => kind)
    expect(await kindsIn([mine.id])).toEqual(['spam_blocked'])
    expect((await kindsIn([mine.id, theirs.id])).toSorted()).toEqual(['connection_limit', 'spam_blocked'])
  })

  it('counts the support messages of a person, and the conversations that changed', async () => {
    const { stores } = opened()
    const place = await openConversation(stores)
    const userId = place.workspace.user.id
    const mine = [place.workspace.id]
    await stores.journal.appendMessage(said(place))
    await stores.journal.appendMessage(answered(place))
    await stores.journal.appendMessage(answered(place, { type: 'marketing' }))
    const since = ago(5)
    expect(await reports().activity(mine, { userId, since })).toEqual({
      messagesSent: 1,
      activeConversations: 1,
    })
    const other = await openWorkspace(stores)
    expect(await reports().activity(mine, { userId: other.user.id, since })).toMatchObject({
      messagesSent: 0,
    })
    expect(await reports().activity([other.id], { userId, since })).toEqual({
      messagesSent: 0,
      activeConversations: 0,
    })
    expect(await reports().activity(mine, { userId, since: ago(-5) })).toEqual({
      messagesSent: 0,
      activeConversations: 0,
    })
  })
}
