import type { BlockedIp, BlockedIps, SecurityLog, SecurityNote } from '../../core/ports/security.ts'
import type { Clock } from '../../core/ports/system.ts'

/** Notes that are kept; older ones are let go. */
const MAX_NOTES = 10_000

/** Security events of one process, the newest last. */
export function createMemorySecurityLog(): SecurityLog & { notes: SecurityNote[] } {
  const notes: SecurityNote[] = []
  return {
    notes,
    note(event) {
      notes.push(event)
      if (notes.length > MAX_NOTES) notes.shift()
    },
  }
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
