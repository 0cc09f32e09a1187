import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { ConnectionNote } from '../../core/ports/connections.ts'
import {
  type OpenStores,
  openConversation,
  openWorkspace,
  storesOf,
  type Workspace,
} from './stores.testing.ts'

const within = (workspaceId: number) => ({ workspaceIds: [workspaceId], userId: 0 })

/** What every registry of open sockets promises. */
export function describeConnections(open: OpenStores) {
  const opened = storesOf(open)
  const nodeOf = (name = 'one') => ({ id: randomUUID(), name })
  const noteOf = ({ id, user }: Workspace, more: Partial<ConnectionNote> = {}): ConnectionNote => ({
    id: randomUUID(),
    kind: 'console',
    userId: user.id,
    sessionId: randomUUID(),
    workspaceIds: [id],
    conversationId: null,
    address: '203.0.113.9',
    userAgent: 'Firefox',
    openedAt: 1_000,
    lagBytes: 0,
    ...more,
  })
  const report = (node: { id: string; name: string }, open: ConnectionNote[], closed: string[] = []) =>
    opened().stores.connections.report({ node, open, closed })
  const idsOf = async (workspaceId: number) =>
    (await opened().elsewhere.connections.list(within(workspaceId), 100)).map(({ id }) => id)

  it('shows what a node reported, on another node, with the names of people, place and customer', async () => {
    const { workspace, conversation } = await openConversation(opened().stores)
    const note = noteOf(workspace, { kind: 'raw-chat', conversationId: conversation.id, lagBytes: 2_048 })
    await report(nodeOf('web-1'), [note])
    expect(await opened().elsewhere.connections.list(within(workspace.id), 10)).toEqual([
      {
        ...note,
        node: 'web-1',
        userName: 'Nima Rad',
        workspaces: [workspace.user.username],
        customer: 'Kim',
      },
    ])
    expect(await opened().elsewhere.connections.find(note.id)).toMatchObject({ id: note.id, customer: 'Kim' })
    expect(await opened().elsewhere.connections.find(randomUUID())).toBeNull()
    expect(await opened().elsewhere.connections.find('no-uuid')).toBeNull()
  })

  it('lists the newest first, at most so many, and counts all', async () => {
    const workspace = await openWorkspace(opened().stores)
    const [old, young] = [noteOf(workspace), noteOf(workspace, { openedAt: 2_000 })]
    await report(nodeOf(), [old, young])
    const { connections } = opened().elsewhere
    expect(await idsOf(workspace.id)).toEqual([young.id, old.id])
    expect(await connections.list(within(workspace.id), 1)).toHaveLength(1)
    expect(await connections.count(within(workspace.id))).toBe(2)
    expect(await connections.count({ workspaceIds: [], userId: workspace.user.id })).toBe(2)
    expect(await connections.count('instance')).toBeGreaterThanOrEqual(2)
  })

  it('shows a workspace the sockets that show its data, and no others', async () => {
    const [mine, theirs] = [await openWorkspace(opened().stores), await openWorkspace(opened().stores)]
    const [both, foreign] = [noteOf(mine, { workspaceIds: [mine.id, theirs.id] }), noteOf(theirs)]
    await report(nodeOf(), [both, foreign])
    expect(await idsOf(mine.id)).toEqual([both.id])
    expect((await idsOf(theirs.id)).sort()).toEqual([both.id, foreign.id].sort())
    const orTheirOwn = { workspaceIds: [mine.id], userId: theirs.user.id }
    expect(await opened().stores.connections.count(orTheirOwn)).toBe(2)
  })

  it('takes up what has changed and drops what has closed, of the node itself alone', async () => {
    const workspace = await openWorkspace(opened().stores)
    const [node, note] = [nodeOf(), noteOf(workspace)]
    await report(node, [note])
    await report(node, [{ ...note, lagBytes: 4_096 }])
    const { connections } = opened().elsewhere
    expect(await connections.find(note.id)).toMatchObject({ lagBytes: 4_096, userAgent: 'Firefox' })
    await report(nodeOf(), [], [note.id])
    expect(await idsOf(workspace.id)).toEqual([note.id])
    await report(node, [], [note.id])
    expect(await idsOf(workspace.id)).toEqual([])
  })

  it('says whether a node was forgotten, and forgets it with its sockets when it leaves', async () => {
    const workspace = await openWorkspace(opened().stores)
    const [node, other] = [nodeOf(), nodeOf()]
    const [note, stays] = [noteOf(workspace), noteOf(workspace)]
    expect(await report(node, [note])).toEqual({ wasForgotten: true, ending: [] })
    expect(await report(node, [])).toEqual({ wasForgotten: false, ending: [] })
    await report(other, [stays])
    await opened().elsewhere.connections.leave(node.id)
    expect(await idsOf(workspace.id)).toEqual([stays.id])
    expect(await report(node, [note])).toMatchObject({ wasForgotten: true })
  })

  it('tells the node of a socket, and no other, that somebody wants it ended, until it is closed', async () => {
    const workspace = await openWorkspace(opened().stores)
    const [node, other] = [nodeOf(), nodeOf()]
    const [note, stays] = [noteOf(workspace), noteOf(workspace)]
    await report(node, [note, stays])
    await report(other, [noteOf(workspace)])
    expect(await opened().elsewhere.connections.askEnd(note.id)).toBe(true)
    expect(await report(other, [])).toMatchObject({ ending: [] })
    expect(await report(node, [{ ...note, lagBytes: 1 }])).toMatchObject({ ending: [note.id] })
    await report(node, [], [note.id])
    expect(await report(node, [])).toMatchObject({ ending: [] })
    expect(await opened().stores.connections.askEnd(note.id)).toBe(false)
    expect(await opened().stores.connections.askEnd('no-uuid')).toBe(false)
  })

  it('shows no socket of a person who is gone', async () => {
    const workspace = await openWorkspace(opened().stores)
    const other = await openWorkspace(opened().stores)
    await report(nodeOf(), [noteOf(other, { workspaceIds: [workspace.id] })])
    await opened().stores.accounts.remove(other.user.id)
    expect(await idsOf(workspace.id)).toEqual([])
  })
}
