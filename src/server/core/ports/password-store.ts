import type { UserRow } from './accounts.ts'

export interface ResetLinkRow {
  userId: number
  tokenHash: string
  /** The workspace by whose right it was made; null where the instance's administrator made it. */
  workspaceId: number | null
  expiresAt: number
}

/** How a person's password comes to be another one. */
export interface PasswordStore {
  /** Sets it, voids the person's link and ends their sessions but `keep`; answers which ended. */
  setPassword(userId: number, passwordHash: string, keep: string | null): Promise<string[]>
  /** Stores a person's link in place of the one before. */
  putResetLink(link: ResetLinkRow): Promise<void>
  /** The live link of this digest and whom it is for. */
  findResetLink(tokenHash: string): Promise<{ user: UserRow; workspaceId: number | null } | null>
  /** Takes the link and sets the password; answers which sessions ended, null where the link is no longer live. */
  takeResetLink(tokenHash: string, passwordHash: string): Promise<string[] | null>
}
