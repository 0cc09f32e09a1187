import type { LiveSession, SignIns } from '../../core/ports/sign-ins.ts'
import type { StoredSession } from './rows.ts'
import type { MemoryState } from './state.ts'

/** Where people are signed in, of one process. */
export function createMemorySignIns(state: MemoryState): SignIns {
  return {
    sessionsOf: async (userId) =>
      liveOf(state, userId)
        .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt || b.createdAt - a.createdAt)
        .map(toLiveSession),
    revokeOwn: async (userId, id) => {
      const session = findLive(state, id)
      if (session?.userId !== userId) return null
      session.isRevoked = true
      return toLiveSession(session)
    },
    revokeAll: async (userId, keep) => revokeSessions(state, userId, keep),
    touchSessions: async (ids, graceMs) => {
      for (const session of ids.map((id) => findLive(state, id)))
        if (session && session.lastSeenAt < state.now() - graceMs) session.lastSeenAt = state.now()
    },
    standings: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const session = findLive(state, id)
          return session ? [[id, standingOf(state, session.userId)] as const] : []
        }),
      ),
  }
}

/** The session of this id while it is neither revoked nor expired. */
export function findLive(state: MemoryState, id: string): StoredSession | null {
  const found = state.sessions.get(id)
  return found && !found.isRevoked && found.expiresAt > state.now() ? found : null
}

/** Ends a person's live sessions but one; answers which ended. */
export function revokeSessions(state: MemoryState, userId: number, keep: string | null): string[] {
  const ending = liveOf(state, userId).filter(({ id }) => id !== keep)
  for (const session of ending) session.isRevoked = true
  return ending.map(({ id }) => id)
}

const liveOf = (state: MemoryState, userId: number) =>
  [...state.sessions.values()].filter((row) => row.userId === userId && findLive(state, row.id))

const standingOf = (state: MemoryState, userId: number) =>
  state.memberships
    .filter((row) => row.userId === userId)
    .map(({ workspaceId, role }) => ({ workspaceId, role }))

const toLiveSession = ({ createdAt, lastSeenAt, ...row }: StoredSession): LiveSession => ({
  ...{ id: row.id, kind: row.kind, userAgent: row.userAgent, address: row.address },
  createdAt: new Date(createdAt).toISOString(),
  lastSeenAt: new Date(lastSeenAt).toISOString(),
})
