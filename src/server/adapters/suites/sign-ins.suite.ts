import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sessionOf } from './accounts.testing.ts'
import { type Opened, openWorkspace, times } from './stores.testing.ts'

/** What every store of accounts promises about where people are signed in. */
export function describeSignIns(opened: Opened) {
  const open = async (count: number) => {
    const { accounts } = opened().stores
    const { user } = await openWorkspace(opened().stores)
    await accounts.revokeAll(user.id, null)
    const sessions = times(count, () => sessionOf(user.id))
    for (const session of sessions) await accounts.openSession(session)
    return { accounts, userId: user.id, ids: sessions.map(({ id }) => id) }
  }

  describe('the sessions of a person', () => {
    it('are listed while they live, with where they came from', async () => {
      const { accounts, userId, ids } = await open(3)
      const expired = sessionOf(userId, Date.now() - 1)
      await accounts.openSession(expired)
      await accounts.revokeSession(ids[1] ?? '')
      const listed = await accounts.sessionsOf(userId)
      expect(listed.map(({ id }) => id).toSorted()).toEqual([ids[0], ids[2]].toSorted())
      const instant = expect.stringMatching(/^\d{4}-.*Z$/)
      const from = { kind: 'api', userAgent: 'test', address: '192.0.2.1' }
      expect(listed[0]).toEqual({ id: expect.any(String), ...from, createdAt: instant, lastSeenAt: instant })
      expect(await accounts.sessionsOf(999_999_999)).toEqual([])
    })

    it('are ended one by one by their own person alone, and once', async () => {
      const { accounts, userId, ids } = await open(1)
      const [id = ''] = ids
      const stranger = (await open(0)).userId
      expect(await accounts.revokeOwn(stranger, id)).toBeNull()
      const tries = await Promise.all(
        times(6, (index) =>
          (index % 2 ? opened().elsewhere : opened().stores).accounts.revokeOwn(userId, id),
        ),
      )
      expect(tries.filter((ended) => ended !== null)).toMatchObject([{ id }])
      expect(await accounts.owner(id)).toBeNull()
      for (const none of [randomUUID(), 'not-a-uuid', "' OR true --"])
        expect(await accounts.revokeOwn(userId, none)).toBeNull()
    })

    it('are ended all at once but the one that is kept', async () => {
      const { accounts, userId, ids } = await open(3)
      const other = await open(1)
      const [keep = '', ...rest] = ids
      expect((await accounts.revokeAll(userId, keep)).toSorted()).toEqual(rest.toSorted())
      expect(await accounts.revokeAll(userId, keep)).toEqual([])
      expect((await accounts.sessionsOf(userId)).map(({ id }) => id)).toEqual([keep])
      expect(await accounts.sessionsOf(other.userId)).toHaveLength(1)
      expect(await accounts.revokeAll(userId, null)).toEqual([keep])
    })

    it('are noted as seen, unless that was noted a moment ago or they are over', async () => {
      const { accounts, userId, ids } = await open(2)
      const [used = '', over = ''] = ids
      const seen = async () => (await accounts.sessionsOf(userId)).find(({ id }) => id === used)?.lastSeenAt
      const before = await seen()
      await accounts.touchSessions([used, over, 'not-a-uuid'], 60_000)
      expect(await seen()).toBe(before)
      await accounts.revokeSession(over)
      await accounts.touchSessions([used, over, 'not-a-uuid'], -60_000)
      expect(Date.parse((await seen()) ?? '')).toBeGreaterThanOrEqual(Date.parse(before ?? ''))
      await accounts.touchSessions([], 0)
    })
  })
}
