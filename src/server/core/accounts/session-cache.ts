import type { Accounts, SessionOwner } from '../ports/accounts.ts'
import type { Bus } from '../ports/live.ts'
import type { Clock } from '../ports/system.ts'
import { onSessionEnd } from './session-end.ts'

/** What a session may do is read from the store again after this: the most a lost revocation can cost. */
const TTL_MS = 5_000
const MAX_SESSIONS = 10_000

interface Entry {
  owner: Promise<SessionOwner | null>
  till: number
}

/** Remembers who a session belongs to for at most 5 s; a revocation on the bus is heard at once. */
export function cacheSessions(accounts: Accounts, bus: Bus, clock: Clock): Accounts {
  const entries = new Map<string, Entry>()
  onSessionEnd(bus, (sessionId) => entries.delete(sessionId))
  const read = (sessionId: string) => {
    const owner = accounts.owner(sessionId)
    owner.catch(() => entries.delete(sessionId))
    if (entries.size >= MAX_SESSIONS) entries.delete(entries.keys().next().value ?? '')
    entries.set(sessionId, { owner, till: clock.now() + TTL_MS })
    return owner
  }
  return {
    ...accounts,
    owner(sessionId) {
      const entry = entries.get(sessionId)
      return entry && entry.till > clock.now() ? entry.owner : read(sessionId)
    },
    async revokeSession(sessionId) {
      entries.delete(sessionId)
      await accounts.revokeSession(sessionId)
      entries.delete(sessionId)
    },
    async changeProfile(userId, profile) {
      const user = await accounts.changeProfile(userId, profile)
      entries.clear()
      return user
    },
    async remove(userId) {
      const removed = await accounts.remove(userId)
      for (const sessionId of removed.sessionIds) entries.delete(sessionId)
      return removed
    },
    async accept(tokenHash, user) {
      const accepted = await accounts.accept(tokenHash, user)
      // The person's sessions gain a workspace: all are read again rather than theirs found one by one.
      if (accepted) entries.clear()
      return accepted
    },
  }
}
