import type { Role } from '../../contract/account.ts'
import { hasRight, type Right } from '../../contract/rights.ts'
import type { Member } from '../context.ts'
import { DomainError } from '../errors.ts'

/** The member's role in a workspace, by default the one they work in; null where they are not of it. */
export const roleIn = (actor: Member, workspaceId = actor.workspaceId): Role | null =>
  actor.workspaces.find((workspace) => workspace.id === workspaceId)?.role ?? null

const can =
  (right: Right) =>
  (actor: Member, workspaceId?: number): boolean =>
    hasRight(roleIn(actor, workspaceId), right)

// A program acts as an agent and so has none of these rights, whoever made its key.
export const canInvite = can('invite')
export const canManageMembers = can('manageMembers')
export const canManageOwners = can('manageOwners')
export const canManageChannels = can('manageChannels')
export const canDelete = can('delete')
export const canChangeOthers = can('changeOthers')
export const canManageKeys = can('manageKeys')
export const canSeeSecurity = can('seeSecurity')
export const canSeeAudit = can('seeAudit')
export const canExportData = can('exportData')
export const canSetRetention = can('setRetention')

/** Whoever runs the instance sees addresses and keeps them out, for all workspaces alike. */
export const canManageInstance = (actor: Member): boolean => actor.isInstanceAdmin && !actor.key

/** Only a program whose key says so writes in the bot's name. */
export const canAnswerAsBot = (actor: Member): boolean => actor.key?.scopes.includes('ai') ?? false

/** Throws forbidden, with a sentence for people, where a rule of this page says no. */
export function requireRight(
  ctx: { actor: Member },
  may: (actor: Member) => boolean,
  sentence: string,
): void {
  if (!may(ctx.actor)) throw new DomainError('forbidden', sentence)
}
