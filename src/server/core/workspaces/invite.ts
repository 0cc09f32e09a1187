import type { Invitation, Invite } from '../../contract/account.ts'
import type { Member } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { audit } from '../security/audit.ts'
import { canInvite, requireRight } from '../security/can.ts'

type InviteCtx = Pick<Ports, 'accounts' | 'tokens' | 'ids' | 'clock' | 'settings' | 'audit'> & {
  actor: Member
}

const INVITATION_MS = 7 * 24 * 60 * 60 * 1_000

/** Invites an e-mail address into the workspace; the link is shown once and only its digest is kept. */
export async function inviteMember(ctx: InviteCtx, input: Invite): Promise<Invitation> {
  requireRight(ctx, canInvite, 'Only owners and admins can invite people')
  const { workspaceId } = ctx.actor
  const email = input.email.toLowerCase()
  const members = await ctx.accounts.members(workspaceId)
  if (members.some((member) => member.email === email)) {
    throw new DomainError('conflict', 'This person is already a member')
  }
  const token = ctx.ids.secret()
  const expiresAt = ctx.clock.now() + INVITATION_MS
  const tokenHash = ctx.tokens.digest(token)
  const id = await ctx.accounts.invite({ workspaceId, email, role: input.role, tokenHash, expiresAt })
  await audit(ctx, {
    action: 'member.invited',
    target: `invitation:${id}`,
    after: { email, role: input.role },
  })
  return { id, url: `${ctx.settings.publicUrl}/invitations/${token}` }
}

/** Makes the invited person a member. Somebody else's invitation looks like one that does not exist. */
export async function acceptInvitation(
  ctx: InviteCtx,
  { token }: { token: string },
): Promise<{ workspaceId: number }> {
  const user = await ctx.accounts.findById(ctx.actor.userId)
  const accepted =
    user && (await ctx.accounts.accept(ctx.tokens.digest(token), { id: user.id, email: user.email }))
  if (!accepted) throw new DomainError('not_found', 'This invitation is not valid, or not for you')
  const { workspaceId } = accepted
  await audit(ctx, { action: 'member.joined', target: `user:${ctx.actor.userId}`, workspaceId })
  return accepted
}
