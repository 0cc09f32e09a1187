import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { ListAudit } from '../../../contract/audit.ts'
import { enter, join, openKey, openListed, type Person } from '../../cast.testing.ts'
import { createTestCtx } from '../../context.testing.ts'
import type { ConnectionNote } from '../../ports/connections.ts'
import { endConnection } from './end.ts'
import { getActiveConnections, listConnections } from './list.ts'

let test: ReturnType<typeof createTestCtx>
let ruth: Person
let anna: Person
let adam: Person
let bob: Person
let omar: Person
beforeEach(async () => {
  test = createTestCtx()
  // The first of an instance runs it.
  ruth = await enter(test.ctx, 'ruth')
  anna = await enter(test.ctx, 'anna')
  adam = await join(anna.as, 'adam', 'admin')
  bob = await join(anna.as, 'bob')
  omar = await enter(test.ctx, 'omar')
})

const node = { id: randomUUID(), name: 'web-1/7' }

/** A console of somebody, as its node reports it; answers its id. */
async function connect({ as }: Person, more: Partial<ConnectionNote> = {}): Promise<string> {
  const { userId, sessionId, workspaceId } = as.actor
  const note = { id: randomUUID(), kind: 'console' as const, userId, sessionId, workspaceIds: [workspaceId] }
  const from = {
    conversationId: null,
    address: '203.0.113.9',
    userAgent: 'Firefox',
    openedAt: 0,
    lagBytes: 0,
  }
  await test.ctx.connections.report({ node, open: [{ ...note, ...from, ...more }], closed: [] })
  return note.id
}
const seenBy = async ({ as }: Person) => (await listConnections(as)).connections.map(({ id }) => id).sort()
const isAsked = async (id: string) =>
  (await test.ctx.connections.report({ node, open: [], closed: [] })).ending.includes(id)
const isLive = async ({ as }: Person) =>
  (await test.ctx.accounts.standings([as.actor.sessionId])).has(as.actor.sessionId)
const ENDED = ListAudit.parse({ action: 'connection.ended' })
const audited = ({ as }: Person) => test.ctx.audit.list(as.actor.workspaceId, ENDED)

describe('who sees a connection', () => {
  it('are owners and admins of a workspace whose data it shows, whose it is, and whoever runs the instance', async () => {
    const [bobs, omars] = [await connect(bob), await connect(omar)]
    for (const who of [anna, adam, bob]) expect(await seenBy(who)).toEqual([bobs])
    expect(await seenBy(omar)).toEqual([omars])
    expect(await seenBy(ruth)).toEqual([bobs, omars].sort())
    const annas = await connect(anna)
    expect(await seenBy(bob)).toEqual([bobs])
    expect(await seenBy(adam)).toEqual([annas, bobs].sort())
    expect([await getActiveConnections(bob.as), await getActiveConnections(ruth.as)]).toEqual([1, 3])
  })

  it('is told what it shows where that is theirs, and no address', async () => {
    const { id } = await openListed(anna.as, 'kim')
    await connect(bob, { kind: 'raw-chat', conversationId: id })
    const [shown] = (await listConnections(adam.as)).connections
    expect(shown).toMatchObject({
      conversation: { id, customer: 'Kim kim' },
      user: { id: bob.as.actor.userId },
      address: null,
      workspaces: null,
      node: 'web-1/7',
      isOwn: false,
    })
    expect((await listConnections(bob.as)).connections[0]?.isOwn).toBe(true)
  })

  it('is told the address where they run the instance, but not whom a stranger talks with', async () => {
    const { id } = await openListed(anna.as, 'kim')
    await connect(bob, { kind: 'raw-chat', conversationId: id })
    const [shown] = (await listConnections(ruth.as)).connections
    expect(shown).toMatchObject({ address: '203.0.113.9', workspaces: ['anna'], conversation: null })
  })
})

describe('a connection', () => {
  it('is ended by an admin of its workspace, or by whoever runs the instance, and that is written down', async () => {
    for (const who of [anna, adam, ruth]) {
      const id = await connect(bob)
      await endConnection(who.as, { connectionId: id })
      expect(await isAsked(id)).toBe(true)
    }
    expect(await isLive(bob)).toBe(true)
    const entries = await audited(anna)
    expect(entries.map(({ actor }) => actor.id)).toEqual([adam.as.actor.userId, anna.as.actor.userId])
    expect(entries[0]).toMatchObject({
      action: 'connection.ended',
      target: `user:${bob.as.actor.userId}`,
      after: { signedOut: false },
    })
    const ofInstance = await test.ctx.audit.list(null, ENDED)
    expect(ofInstance.map(({ actor }) => actor.id)).toEqual([ruth.as.actor.userId])
  })

  it('is ended by no agent, no stranger and no key, whether it is there or not', async () => {
    const id = await connect(anna)
    const key = await openKey(anna.as, ['messages', 'ai', 'read'])
    for (const who of [bob, omar, key])
      for (const connectionId of [id, randomUUID()])
        await expect(endConnection(who.as, { connectionId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(endConnection(anna.as, { connectionId: randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await isAsked(id)).toBe(false)
    expect(await audited(anna)).toEqual([])
  })

  it('ends with its sign-in where that is wanted', async () => {
    const id = await connect(bob)
    await endConnection(adam.as, { connectionId: id, signOut: true })
    expect(await isLive(bob)).toBe(false)
    expect((await audited(anna))[0]?.after).toEqual({ signedOut: true })
  })

  it('of an owner is ended by an admin, but only an owner or whoever runs the instance signs them out', async () => {
    const id = await connect(anna)
    await expect(endConnection(adam.as, { connectionId: id, signOut: true })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await isLive(anna)).toBe(true)
    await endConnection(adam.as, { connectionId: id })
    expect(await isAsked(id)).toBe(true)
    await endConnection(ruth.as, { connectionId: id, signOut: true })
    expect(await isLive(anna)).toBe(false)
  })
})
