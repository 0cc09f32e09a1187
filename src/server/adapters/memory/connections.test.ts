import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { createManualClock } from '../../core/context.testing.ts'
import { describeConnections } from '../suites/connections.suite.ts'
import { openWorkspace } from '../suites/stores.testing.ts'
import { openMemoryStores } from './open-stores.testing.ts'
import { createMemoryStores } from './stores.ts'

describeConnections(openMemoryStores)

it('forgets a node that says nothing for 35 s, and not before', async () => {
  const clock = createManualClock(Date.now())
  const stores = createMemoryStores({ clock })
  const { id, user } = await openWorkspace(stores)
  const socket = { id: randomUUID(), kind: 'console' as const, userId: user.id, sessionId: randomUUID() }
  const about = { workspaceIds: [id], conversationId: null, address: '', userAgent: '' }
  const open = [{ ...socket, ...about, openedAt: 0, lagBytes: 0 }]
  await stores.connections.report({ node: { id: randomUUID(), name: 'dead' }, open, closed: [] })
  clock.advance(34_999)
  expect(await stores.connections.count('instance')).toBe(1)
  clock.advance(1)
  expect(await stores.connections.count('instance')).toBe(0)
})
