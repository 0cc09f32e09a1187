import type { AuditEntry, ListAudit } from '../../contract/audit.ts'
import type { AuditLog } from '../../core/ports/audit.ts'
import { instantOf, type MemoryState } from './state.ts'

type AuditFilter = Omit<ListAudit, 'scope'>

/** Entries that are kept; older ones are let go. */
const MAX_ENTRIES = 10_000

/** The audit log of one process. */
export function createMemoryAudit(state: MemoryState): AuditLog {
  return {
    async add(note) {
      const entry = { ...structuredClone(note), id: String(state.nextId()), at: instantOf(state) }
      state.audit.unshift(entry)
      state.audit.length = Math.min(state.audit.length, MAX_ENTRIES)
    },
    list: async (workspaceId, filter) =>
      state.audit
        .filter((entry) => entry.workspaceId === workspaceId && matches(entry, filter))
        .slice(0, filter.limit)
        .map(({ workspaceId: _, ...entry }) => structuredClone(entry)),
  }
}

const matches = (
  entry: AuditEntry,
  { action, actorKind, actorId, since, until, before }: AuditFilter,
): boolean =>
  (action === undefined || entry.action === action) &&
  (actorKind === undefined || entry.actor.kind === actorKind) &&
  (actorId === undefined || entry.actor.id === actorId) &&
  (since === undefined || Date.parse(entry.at) >= Date.parse(since)) &&
  (until === undefined || Date.parse(entry.at) < Date.parse(until)) &&
  (before === undefined || BigInt(entry.id) < BigInt(before))
