import type { Role } from '../../contract/account.ts'
import type { Member } from '../context.ts'

/** The member's role in a workspace, by default the one they work in; null where they are not of it. */
export const roleIn = (actor: Member, workspaceId = actor.workspaceId): Role | null =>
  actor.workspaces.find((workspace) => workspace.id === workspaceId)?.role ?? null

const isAdmin = (actor: Member, workspaceId?: number) => {
  const role = roleIn(actor, workspaceId)
  return role === 'owner' || role === 'admin'
}

/** Owners and admins invite people. */
export const canInvite = (actor: Member, workspaceId?: number): boolean => isAdmin(actor, workspaceId)

/** Owners and admins connect and disconnect channels. */
export const canManageChannels = (actor: Member, workspaceId?: number): boolean => isAdmin(actor, workspaceId)

/** Owners and admins delete conversations and customers: it cannot be undone. */
export const canDelete = (actor: Member, workspaceId?: number): boolean => isAdmin(actor, workspaceId)

/** Owners and admins make and revoke API keys. */
export const canManageKeys = (actor: Member, workspaceId?: number): boolean =>
  actor.key === undefined && isAdmin(actor, workspaceId)

/** Only a program whose key says so writes in the bot's name. */
export const canAnswerAsBot = (actor: Member): boolean => actor.key?.scopes.includes('ai') ?? false
