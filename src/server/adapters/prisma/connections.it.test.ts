import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionNote } from '../../core/ports/connections.ts'
import { describeConnections } from '../suites/connections.suite.ts'
import { times } from '../suites/stores.testing.ts'
import { createConnections } from './connections.ts'
import { openMigratedDatabase } from './migrated-database.testing.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeConnections(openPostgresStores('connections'))

describe('the lease of a node', () => {
  let database: Awaited<ReturnType<typeof openMigratedDatabase>>
  let pool: pg.Pool
  let userId: number
  beforeAll(async () => {
    database = await openMigratedDatabase('connection_leases')
    pool = new pg.Pool({ connectionString: database.connectionString, max: 4 })
    const user = { email: 'a@example.com', username: 'a', passwordHash: 'x' }
    userId = (await database.prisma.user.create({ data: user })).id
  })
  afterAll(async () => {
    await pool.end()
    await database[Symbol.asyncDispose]()
  })

  const noteOf = (): ConnectionNote => ({
    id: randomUUID(),
    kind: 'console',
    userId,
    sessionId: randomUUID(),
    workspaceIds: [1],
    conversationId: null,
    address: '',
    userAgent: '',
    openedAt: Date.now(),
    lagBytes: 0,
  })
  const nodeOf = () => ({ id: randomUUID(), name: 'web' })
  const age = (nodeId: string, seconds: number) =>
    pool.query(`UPDATE live_node SET seen_till = seen_till - $2 * interval '1 s' WHERE id = $1`, [
      nodeId,
      seconds,
    ])
  const tillOf = async (nodeId: string) =>
    (await database.prisma.liveNode.findUnique({ where: { id: nodeId } }))?.seenTill.getTime() ?? null

  it('ends after 35 s; the beat of another node removes what is left of it', async () => {
    const connections = createConnections(pool)
    const [dead, alive] = [nodeOf(), nodeOf()]
    await connections.report({ node: dead, open: [noteOf()], closed: [] })
    expect(((await tillOf(dead.id)) ?? 0) - Date.now()).toBeLessThanOrEqual(35_000)
    await age(dead.id, 36)
    expect(await connections.count('instance')).toBe(0)
    expect(await database.prisma.liveConnection.count()).toBe(1)
    await connections.report({ node: alive, open: [], closed: [] })
    expect(await database.prisma.liveConnection.count()).toBe(0)
    expect(await tillOf(dead.id)).toBeNull()
    await connections.leave(alive.id)
  })

  it('is written every ten seconds only, and comes back by itself where nobody has removed it', async () => {
    const connections = createConnections(pool)
    const [node, note] = [nodeOf(), noteOf()]
    await connections.report({ node, open: [note], closed: [] })
    await age(node.id, 5)
    const before = await tillOf(node.id)
    await connections.report({ node, open: [], closed: [] })
    expect(await tillOf(node.id)).toBe(before)
    await age(node.id, 31)
    expect(await connections.report({ node, open: [], closed: [] })).toMatchObject({ wasForgotten: false })
    expect(await connections.count('instance')).toBe(1)
    await connections.leave(node.id)
  })

  it('of many that come back at once is refused to none', async () => {
    const connections = createConnections(pool)
    const nodes = times(8, nodeOf)
    for (const node of nodes) await connections.report({ node, open: [noteOf()], closed: [] })
    await pool.query(`UPDATE live_node SET seen_till = now() - interval '1 s'`)
    await Promise.all(nodes.map((node) => connections.report({ node, open: [noteOf()], closed: [] })))
    await Promise.all(nodes.map((node) => connections.leave(node.id)))
    expect(await database.prisma.liveConnection.count()).toBe(0)
  })
})
