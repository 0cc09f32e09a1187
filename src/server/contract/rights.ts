import type { Role } from './account.ts'

const OWNER = ['owner'] as const
const ADMINS = ['owner', 'admin'] as const

/**
 * What a role may do in a workspace beyond answering customers, which everybody may. The one list: the interface hides by
 * it what the API denies by it.
 */
export const RIGHTS = {
  /** Invite people. */
  invite: ADMINS,
  /** Change roles, remove people, hand out password links. */
  manageMembers: ADMINS,
  /** Make somebody an owner, or take that away. */
  manageOwners: OWNER,
  /** Connect and disconnect channels. */
  manageChannels: ADMINS,
  /** Delete or erase conversations and customers: it cannot be undone. */
  delete: ADMINS,
  /** Edit and take back what others of the workspace wrote, and what the bot did. */
  changeOthers: ADMINS,
  /** Make and revoke API keys, switch the bot. */
  manageKeys: ADMINS,
  /** See the workspace's security figures, events and live connections, and end a connection. */
  seeSecurity: ADMINS,
  /** Read the audit log. */
  seeAudit: ADMINS,
  /** Take a customer's data out of the workspace. */
  exportData: ADMINS,
  /** Decide how long data is kept. */
  setRetention: OWNER,
} satisfies Record<string, readonly Role[]>

export type Right = keyof typeof RIGHTS

/** Whether a role has a right; nobody's role has none. */
export const hasRight = (role: Role | null | undefined, right: Right): boolean =>
  role != null && (RIGHTS[right] as readonly Role[]).includes(role)
