import type { ReplyHandler, Role } from '../../contract/account.ts'
import type { Members } from './members.ts'
import type { PasswordStore } from './password-store.ts'
import type { SignIns } from './sign-ins.ts'

export interface UserRow {
  id: number
  email: string
  username: string
  passwordHash: string
  firstName: string
  lastName: string
  locale: 'fa' | 'en'
  defaultReplyHandler: ReplyHandler
  isInstanceAdmin: boolean
}

export interface SessionRow {
  id: string
  userId: number
  kind: 'console' | 'api'
  expiresAt: number
  userAgent: string
  address: string
}

/**
 * Whether a new person administers the instance: where they are the very first; where they bring this setup code and
 * nobody does yet; or not.
 */
export type Administers = 'if_first' | 'no' | { setupDigest: string }

/** Says nothing of whether such a code ever was. */
export const NO_SETUP_CODE = 'This setup code is not valid, or it was used already'

/** Who a live session belongs to, with their workspaces; null once it is revoked, expired or its person is gone. */
export interface SessionOwner {
  session: SessionRow
  user: UserRow
  workspaces: { id: number; name: string; role: Role }[]
}

export interface TokenPair {
  jti: string
  sessionId: string
  userId: number
  accessHash: string
  refreshHash: string
  accessExpiresAt: number
  refreshExpiresAt: number
}

export interface Profile {
  firstName?: string
  lastName?: string
  defaultReplyHandler?: ReplyHandler
}

export interface Accounts extends SignIns, PasswordStore, Members {
  /**
   * Creates the person, a workspace of their own and its ownership. Throws conflict naming "username" or "email", and
   * forbidden, with the cause "setup_code", where the code is unknown, expired or used; then nothing was made.
   */
  create(
    user: Omit<UserRow, 'id' | 'isInstanceAdmin' | 'defaultReplyHandler'> & {
      workspaceName: string
      epoch: string
      administers: Administers
    },
  ): Promise<UserRow>
  findByLogin(login: string): Promise<UserRow | null>
  findById(id: number): Promise<UserRow | null>
  setLocale(userId: number, locale: 'fa' | 'en'): Promise<void>
  /** Changes what is named; the reply handler also in the workspaces the person owns. */
  changeProfile(userId: number, profile: Profile): Promise<UserRow | null>
  /**
   * Deletes the person with their sessions, tokens and keys, and the workspaces that nobody else is in; answers those.
   * Throws conflict where others are in a workspace that would be left without an owner.
   */
  remove(userId: number): Promise<{ workspaceIds: number[]; sessionIds: string[] }>
  openSession(session: SessionRow): Promise<void>
  owner(sessionId: string): Promise<SessionOwner | null>
  revokeSession(sessionId: string): Promise<void>
  addTokens(pair: TokenPair): Promise<void>
  findTokens(jti: string): Promise<(TokenPair & { rotated: boolean }) | null>
  /** Marks the pair as rotated and stores its successor; false where another call was first. */
  rotateTokens(jti: string, next: TokenPair): Promise<boolean>
  members(workspaceId: number): Promise<{ userId: number; name: string; email: string; role: Role }[]>
  invite(invitation: {
    workspaceId: number
    email: string
    role: Role
    tokenHash: string
    expiresAt: number
  }): Promise<number>
  /** Makes the person a member; null where the invitation is unknown, used, expired or somebody else's. */
  accept(tokenHash: string, user: { id: number; email: string }): Promise<{ workspaceId: number } | null>
}
