import type { ChangeRole, Role } from '../../contract/account.ts'
import { displayName } from '../../contract/display-name.ts'
import { tellStanding } from '../accounts/session-end.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { audit } from '../security/audit.ts'
import { canManageMembers, canManageOwners, requireRight } from '../security/can.ts'

/**
 * Gives a member of the workspace another role; their open sockets end, and come back with it. Only owners make owners
 * or take that away; an owner stays. Errors: forbidden, not_found, conflict.
 */
export async function changeRole(ctx: MemberCtx, input: ChangeRole): Promise<void> {
  requireRight(ctx, canManageMembers, 'Only owners and admins can change roles')
  const { workspaceId } = ctx.actor
  const { userId, role: to } = input
  const from = await roleOf(ctx, userId)
  if (to === 'owner' || from === 'owner')
    requireRight(ctx, canManageOwners, 'Only owners can make somebody an owner, or take that away')
  if (from === to) return
  if (!(await ctx.accounts.setRole({ workspaceId, userId, from, to }))) throw changed()
  tellStanding(ctx.bus)
  const target = `user:${userId}`
  await audit(ctx, { action: 'member.role_changed', target, before: { role: from }, after: { role: to } })
}

/**
 * Removes a member: what was theirs to answer is nobody's, their keys and their sockets end at once. Errors: forbidden,
 * not_found, conflict, precondition_failed (oneself).
 */
export async function removeMember(ctx: MemberCtx, input: { userId: number }): Promise<void> {
  requireRight(ctx, canManageMembers, 'Only owners and admins can remove people')
  const { workspaceId } = ctx.actor
  const { userId } = input
  const from = await roleOf(ctx, userId)
  if (userId === ctx.actor.userId) throw new DomainError('precondition_failed', 'You cannot remove yourself')
  if (from === 'owner') requireRight(ctx, canManageOwners, 'Only owners can remove an owner')
  const user = await ctx.accounts.findById(userId)
  if (!user) throw notThere()
  const home = { name: displayName(user), epoch: ctx.ids.uuid() }
  if (!(await ctx.accounts.removeMember({ workspaceId, userId, from, home }))) throw changed()
  tellStanding(ctx.bus)
  const before = { role: from, email: user.email }
  await audit(ctx, { action: 'member.removed', target: `user:${userId}`, before })
}

async function roleOf(ctx: MemberCtx, userId: number): Promise<Role> {
  const members = await ctx.accounts.members(ctx.actor.workspaceId)
  const member = members.find((one) => one.userId === userId)
  if (!member) throw notThere()
  return member.role
}

const notThere = () => new DomainError('not_found', 'This person is not a member')
const changed = () => new DomainError('conflict', 'Somebody has changed this in the meantime')
