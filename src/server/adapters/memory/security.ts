import type { BlockedIp, BlockedIps, SecurityLog } from '../../core/ports/security.ts'
import type { Clock } from '../../core/ports/system.ts'
import type { MemoryState } from './state.ts'

/** Notes that are kept; older ones are let go. */
const MAX_NOTES = 10_000

/** Security events of one process. */
export function createMemorySecurityLog(state: MemoryState): SecurityLog {
  return {
    note({ count = 1, ...event }) {
      const workspaceId = event.workspaceId ?? workplaceOf(state, event.userId)
      state.security.push({ ...event, workspaceId, count, id: state.nextId(), at: state.now() })
      if (state.security.length > MAX_NOTES) state.security.shift()
    },
  }
}

/** Where a person works: the first workspace they were invited to, else their own. */
function workplaceOf(state: MemoryState, userId: number | null): number | null {
  const mine = state.memberships
    .filter((one) => one.userId === userId)
    .toSorted((a, b) => a.workspaceId - b.workspaceId)
  return (mine.find(({ role }) => role !== 'owner') ?? mine[0])?.workspaceId ?? null
}

/** The blacklist of one process. */
export function createMemoryBlockedIps({ clock }: { clock: Clock }): BlockedIps {
  const entries = new Map<string, BlockedIp>()
  let last = 0
  return {
    list: async (now, limit) =>
      [...entries.values()]
        .filter(({ expiresAt }) => Date.parse(expiresAt) > now)
        .sort((a, b) => b.id - a.id)
        .slice(0, limit)
        .map((entry) => ({ ...entry })),
    async put({ network, reason, expiresAt }) {
      const held = entries.get(network)
      const entry = {
        id: held?.id ?? ++last,
        network,
        reason,
        createdAt: held?.createdAt ?? new Date(clock.now()).toISOString(),
        expiresAt: new Date(expiresAt).toISOString(),
        hits: held?.hits ?? 0,
      }
      entries.set(network, entry)
      return { ...entry }
    },
    remove: async (network) => entries.delete(network),
    hit(id) {
      for (const entry of entries.values()) if (entry.id === id) entry.hits++
    },
  }
}
