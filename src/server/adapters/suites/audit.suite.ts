import { expect, it } from 'vitest'
import { type AuditAction, ListAudit } from '../../contract/audit.ts'
import { type OpenStores, openWorkspace, storesOf } from './stores.testing.ts'

/** What every audit log promises. */
export function describeAudit(open: OpenStores) {
  const opened = storesOf(open)
  const noteTo = (workspaceId: number | null, action: AuditAction, actorId = 7) =>
    opened().stores.audit.add({
      workspaceId,
      actor: { kind: 'member', id: actorId, name: 'Nima' },
      action,
      target: 'user:9',
      before: { role: 'agent' },
      after: null,
      address: '203.0.113.9',
    })
  const actionsOf = async (workspaceId: number | null, filter: Partial<ListAudit> = {}) =>
    (await opened().elsewhere.audit.list(workspaceId, ListAudit.parse(filter))).map(({ action }) => action)

  it('keeps who did what, as it was said, newest first', async () => {
    const { id } = await openWorkspace(opened().stores)
    await noteTo(id, 'member.invited')
    await noteTo(id, 'member.removed')
    expect(await opened().stores.audit.list(id, ListAudit.parse({ limit: 1 }))).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        actor: { kind: 'member', id: 7, name: 'Nima' },
        action: 'member.removed',
        target: 'user:9',
        before: { role: 'agent' },
        after: null,
        address: '203.0.113.9',
      },
    ])
    expect(await actionsOf(id)).toEqual(['member.removed', 'member.invited'])
  })

  it('shows a workspace its own entries and no others, nor those of the instance', async () => {
    const [mine, theirs] = [await openWorkspace(opened().stores), await openWorkspace(opened().stores)]
    await noteTo(theirs.id, 'key.created')
    await noteTo(null, 'blacklist.added')
    expect(await actionsOf(mine.id)).toEqual([])
    expect(await actionsOf(null)).toContain('blacklist.added')
    expect(await actionsOf(null)).not.toContain('key.created')
  })

  it('filters by action, by person and by time, and goes on after a page', async () => {
    const { id } = await openWorkspace(opened().stores)
    await noteTo(id, 'key.created', 1)
    await noteTo(id, 'key.revoked', 2)
    await noteTo(id, 'key.created', 2)
    expect(await actionsOf(id, { action: 'key.revoked' })).toEqual(['key.revoked'])
    expect(await actionsOf(id, { actorId: 2 })).toEqual(['key.created', 'key.revoked'])
    expect(await actionsOf(id, { since: '2100-01-01T00:00:00.000Z' })).toEqual([])
    expect(await actionsOf(id, { until: '2100-01-01T00:00:00.000Z' })).toHaveLength(3)
    expect(await actionsOf(id, { until: '2000-01-01T00:00:00.000Z' })).toEqual([])
    const [newest] = await opened().stores.audit.list(id, ListAudit.parse({ limit: 1 }))
    expect(await actionsOf(id, { before: newest?.id })).toEqual(['key.revoked', 'key.created'])
  })
}
