import type { Accounts, SessionOwner } from '../ports/accounts.ts'
import type { Bus } from '../ports/live.ts'
import type { Clock } from '../ports/system.ts'
import { onSessionWord } from './session-end.ts'
import { hasKept } from './standing.ts'

/** What a session may do is read from the store again after this: the most a lost revocation can cost. */
const TTL_MS = 5_000
const MAX_SESSIONS = 10_000

interface Entry {
  owner: Promise<SessionOwner | null>
  till: number
}

/** Remembers who a session belongs to for at most 5 s; what the bus says of it is heard at once. */
export function cacheSessions(accounts: Accounts, bus: Bus, clock: Clock): Accounts {
  const entries = new Map<string, Entry>()
  onSessionWord(bus, { end: (sessionId) => entries.delete(sessionId), standing: () => entries.clear() })
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
    async standings(sessionIds) {
      const standings = await accounts.standings(sessionIds)
      // Where no hint comes, this is how a node learns of a change: the next call must not see what was before it.
      for (const id of sessionIds) {
        const owner = await entries.get(id)?.owner.catch(() => null)
        if (owner && !hasKept(owner.workspaces, standings.get(id) ?? [])) entries.delete(id)
      }
      return standings
    },
    ...afterwards(accounts, () => entries.clear()),
  }
}

/** What changes somebody's sessions or standing: all are read again rather than theirs found one by one. */
function afterwards(accounts: Accounts, forget: () => void) {
  const after =
    <A extends unknown[], T>(change: (...input: A) => Promise<T>) =>
    async (...input: A): Promise<T> => {
      try {
        return await change(...input)
      } finally {
        forget()
      }
    }
  return {
    changeProfile: after(accounts.changeProfile),
    remove: after(accounts.remove),
    accept: after(accounts.accept),
    revokeOwn: after(accounts.revokeOwn),
    revokeAll: after(accounts.revokeAll),
    setPassword: after(accounts.setPassword),
    takeResetLink: after(accounts.takeResetLink),
    setRole: after(accounts.setRole),
    removeMember: after(accounts.removeMember),
  }
}
