import { displayName } from '../../contract/display-name.ts'
import { SecurityKind } from '../../contract/security.ts'
import type { KindCounts, PlaceScope, Reports, SecurityEvent } from '../../core/ports/reports.ts'
import { conversationsIn } from './conversations.ts'
import type { NotedRow } from './rows.ts'
import type { MemoryState } from './state.ts'

const MINUTE_MS = 60_000

/** Figures and events of one process. */
export function createMemoryReports(state: MemoryState): Reports {
  const newest = (rows: NotedRow[], limit: number) =>
    rows
      .toSorted((a, b) => b.id - a.id)
      .slice(0, limit)
      .map((row) => toEvent(state, row))
  return {
    async counts(scope, since) {
      const counts = Object.fromEntries(SecurityKind.options.map((kind) => [kind, 0])) as KindCounts
      for (const row of state.security) {
        const isTheirs = isIn(scope, row) || (scope !== 'instance' && row.userId === scope.userId)
        if (row.at >= since && isTheirs) counts[row.kind] += row.count
      }
      return counts
    },
    async series(scope, { since, stepMs }) {
      const sums = new Map<string, { at: number; kind: SecurityKind; count: number }>()
      for (const row of state.security) {
        if (Math.floor(row.at / MINUTE_MS) * MINUTE_MS < since || !isIn(scope, row)) continue
        const at = Math.floor(row.at / stepMs) * stepMs
        const held = sums.get(`${at} ${row.kind}`) ?? { at, kind: row.kind, count: 0 }
        sums.set(`${at} ${row.kind}`, { ...held, count: held.count + row.count })
      }
      return [...sums.values()].toSorted((a, b) => a.at - b.at || a.kind.localeCompare(b.kind))
    },
    events: async (scope, { kinds = SecurityKind.options, before, limit }) =>
      newest(
        state.security.filter(
          (row) =>
            isIn(scope, row) && kinds.includes(row.kind) && (before === undefined || row.id < Number(before)),
        ),
        limit,
      ),
    eventsOf: async (userId, workspaceIds, limit) =>
      newest(
        state.security.filter((row) => row.userId === userId && isIn({ workspaceIds }, row)),
        limit,
      ),
    async activity(workspaceIds, { userId, since }) {
      const sent = [...state.messages.values()].filter(
        (row) => row.authorId === userId && row.type === 'support' && workspaceIds.includes(row.workspaceId),
      )
      const active = conversationsIn(state, workspaceIds)
      return {
        messagesSent: sent.filter((row) => Date.parse(row.createdAt) >= since).length,
        activeConversations: active.filter((row) => Date.parse(row.updatedAt) >= since).length,
      }
    },
  }
}

const isIn = (scope: PlaceScope, row: NotedRow): boolean =>
  scope === 'instance' || (row.workspaceId !== null && scope.workspaceIds.includes(row.workspaceId))

function toEvent(state: MemoryState, row: NotedRow): SecurityEvent {
  const user = row.userId === null ? undefined : state.users.get(row.userId)
  return {
    id: String(row.id),
    at: new Date(row.at).toISOString(),
    kind: row.kind,
    count: row.count,
    workspaceId: row.workspaceId,
    user: row.userId === null ? null : { id: row.userId, name: user ? displayName(user) : '' },
    address: row.address,
    detail: row.detail,
  }
}
