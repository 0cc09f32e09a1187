import { displayName } from '../../contract/display-name.ts'
import type { ConnectionScope, Connections, StoredConnection } from '../../core/ports/connections.ts'
import type { ConnectionRow } from './rows.ts'
import type { MemoryState } from './state.ts'

const LEASE_MS = 35_000

/** The open sockets of the nodes that share this state. */
export function createMemoryConnections(state: MemoryState): Connections {
  const dropDead = () => {
    for (const [id, node] of state.nodes) if (node.seenTill <= state.now()) state.nodes.delete(id)
    for (const [id, row] of state.connections) if (!state.nodes.has(row.nodeId)) state.connections.delete(id)
  }
  const find = (id: string) => {
    dropDead()
    const row = state.connections.get(id)
    return row && state.users.has(row.userId) ? row : undefined
  }
  const within = (scope: ConnectionScope) => {
    dropDead()
    return [...state.connections.values()].filter((row) => state.users.has(row.userId) && isIn(row, scope))
  }
  return {
    async report({ node, open, closed }) {
      dropDead()
      const wasForgotten = !state.nodes.has(node.id)
      state.nodes.set(node.id, { name: node.name, seenTill: state.now() + LEASE_MS })
      for (const id of closed) if (state.connections.get(id)?.nodeId === node.id) state.connections.delete(id)
      const own = [...state.connections.values()].filter(({ nodeId }) => nodeId === node.id)
      const ending = own.filter(({ isEnding }) => isEnding).map(({ id }) => id)
      for (const note of open) {
        const held = state.connections.get(note.id) ?? { ...note, nodeId: node.id, isEnding: false }
        state.connections.set(note.id, { ...held, lagBytes: note.lagBytes })
      }
      return { wasForgotten, ending }
    },
    async leave(nodeId) {
      state.nodes.delete(nodeId)
      dropDead()
    },
    list: async (scope, limit) =>
      within(scope)
        .sort((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? -1 : 1))
        .slice(0, limit)
        .map((row) => toConnection(state, row)),
    count: async (scope) => within(scope).length,
    async find(id) {
      const row = find(id)
      return row ? toConnection(state, row) : null
    },
    async askEnd(id) {
      const row = find(id)
      if (row) row.isEnding = true
      return row !== undefined
    },
  }
}

const isIn = (row: ConnectionRow, scope: ConnectionScope): boolean =>
  scope === 'instance' ||
  row.userId === scope.userId ||
  row.workspaceIds.some((id) => scope.workspaceIds.includes(id))

function toConnection(state: MemoryState, row: ConnectionRow): StoredConnection {
  const { nodeId, isEnding: _, ...note } = row
  const user = state.users.get(note.userId)
  return {
    ...structuredClone(note),
    node: state.nodes.get(nodeId)?.name ?? '',
    userName: user ? displayName(user) : '',
    workspaces: note.workspaceIds.flatMap((id) => state.workspaces.get(id)?.name ?? []),
    customer: customerOf(state, note.conversationId),
  }
}

function customerOf(state: MemoryState, conversationId: string | null): string | null {
  const conversation = conversationId === null ? undefined : state.conversations.get(conversationId)
  const customer = conversation && state.customers.get(conversation.customerId)
  if (!customer) return null
  const name = [customer.firstName, customer.lastName].filter((part) => part !== null).join(' ')
  return name || (customer.username ?? '')
}
