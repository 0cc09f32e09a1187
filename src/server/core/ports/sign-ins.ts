import type { Role } from '../../contract/account.ts'

/** One live session of a person's. */
export interface LiveSession {
  id: string
  kind: 'console' | 'api'
  createdAt: string
  lastSeenAt: string
  userAgent: string
  address: string
}

/** What a person is in one workspace. */
export interface Standing {
  workspaceId: number
  role: Role
}

/** Where people are signed in. */
export interface SignIns {
  /** The person's sessions that are neither revoked nor expired, the one seen last first. */
  sessionsOf(userId: number): Promise<LiveSession[]>
  /** Ends one of the person's sessions; null where it is not theirs, or over already. */
  revokeOwn(userId: number, sessionId: string): Promise<LiveSession | null>
  /** Ends the person's sessions but `keep`; answers which ended. */
  revokeAll(userId: number, keep: string | null): Promise<string[]>
  /** Notes that these sessions are in use, except where that was noted within the last `graceMs`. */
  touchSessions(sessionIds: string[], graceMs: number): Promise<void>
  /** What the people of those of these sessions are that are neither revoked nor expired. */
  standings(sessionIds: string[]): Promise<Map<string, Standing[]>>
}
