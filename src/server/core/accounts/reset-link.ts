import type { Role } from '../../contract/account.ts'
import { displayName } from '../../contract/display-name.ts'
import type { ResetLink, ResetPassword } from '../../contract/password.ts'
import type { Ctx, MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { UserRow } from '../ports/accounts.ts'
import type { Ports } from '../ports.ts'
import { audit } from '../security/audit.ts'
import { canManageInstance, canManageMembers, canManageOwners, requireRight } from '../security/can.ts'
import { takeResetTry } from '../security/sign-in.ts'
import { requireGoodPassword } from './change-password.ts'
import { tellSessionEnd } from './session-end.ts'

/** How long a link that sets a password can be used. */
const LINK_MS = 60 * 60 * 1_000

type LinkPorts = Pick<Ports, 'accounts' | 'tokens' | 'ids' | 'clock' | 'settings'>

/**
 * Makes a link by which a colleague sets a new password; those made before it are void. Whoever runs the instance may
 * make one for every member. Owners and admins may only where the password opens nothing but what is theirs to give:
 * for nobody above them, nobody who runs the instance, and nobody who works elsewhere. Errors: not_found, forbidden.
 */
export async function makeResetLink(ctx: MemberCtx, input: { userId: number }): Promise<ResetLink> {
  const { actor } = ctx
  const isInstance = canManageInstance(actor)
  requireRight(
    ctx,
    (one) => isInstance || canManageMembers(one),
    'Only owners and admins can make password links',
  )
  const member = (await ctx.accounts.members(actor.workspaceId)).find(({ userId }) => userId === input.userId)
  const user = member && (await ctx.accounts.findById(member.userId))
  if (!member || !user) throw new DomainError('not_found', 'This person is not a member')
  if (user.id === actor.userId)
    throw new DomainError('precondition_failed', 'Change your own password under “Sign-in and security”')
  if (!isInstance) await requireOnlyOurs(ctx, user, member.role)
  const link = await putLink(ctx, user, isInstance ? null : actor.workspaceId)
  await audit(ctx, { action: 'member.password_link_made', target: `user:${user.id}` })
  return link
}

/** The same for whoever sits at the machine, by user name or e-mail address. Errors: not_found. */
export async function makeResetLinkFor(
  ctx: LinkPorts & Pick<Ctx, 'audit'>,
  input: { login: string },
): Promise<ResetLink & { user: UserRow }> {
  const user = await ctx.accounts.findByLogin(input.login.trim())
  if (!user) throw new DomainError('not_found', 'There is no account of this name or e-mail address')
  const link = await putLink(ctx, user, null)
  await ctx.audit.add({
    workspaceId: null,
    actor: { kind: 'cli', id: null, name: 'peyk' },
    action: 'member.password_link_made',
    target: `user:${user.id}`,
    before: null,
    after: null,
    address: '',
  })
  return { ...link, user }
}

/** Whose password a link sets; null where it is used, void, too old or was never made. */
export async function findResetLink(
  ctx: Pick<Ports, 'accounts' | 'tokens'>,
  token: string,
): Promise<{ user: UserRow; workspaceId: number | null } | null> {
  const found = await ctx.accounts.findResetLink(ctx.tokens.digest(token))
  if (!found || found.workspaceId === null) return found
  const { user, workspaceId } = found
  return (await ctx.accounts.worksElsewhere(user.id, workspaceId)) ? null : found
}

/** Sets a password by a link and ends every session of its person; a second factor stays. Errors: not_found, invalid_input. */
export async function resetPassword(ctx: Ctx, input: ResetPassword & { address: string }): Promise<void> {
  const { accounts, passwords, tokens, bus } = ctx
  await takeResetTry(ctx, input.address)
  const found = await findResetLink(ctx, input.token)
  if (!found) throw gone()
  requireGoodPassword(input.password, found.user)
  const hash = await passwords.hash(input.password)
  const ended = await accounts.takeResetLink(tokens.digest(input.token), hash)
  if (!ended) throw gone()
  for (const id of ended) tellSessionEnd(bus, id)
  await ctx.audit.add({
    workspaceId: found.workspaceId,
    actor: { kind: 'member', id: found.user.id, name: displayName(found.user) },
    action: 'account.password_reset',
    target: `user:${found.user.id}`,
    before: null,
    after: { sessions_ended: ended.length },
    address: input.address,
  })
}

const FOR_ABOVE = {
  instance: 'Whoever runs this Peyk makes a link with `peyk user reset-password`',
  owner: 'Only owners can make a password link for an owner',
}

const gone = () => new DomainError('not_found', 'This link has been used, has expired or was replaced')

async function requireOnlyOurs(ctx: MemberCtx, user: UserRow, role: Role): Promise<void> {
  const isAbove = role === 'owner' && !canManageOwners(ctx.actor)
  if (user.isInstanceAdmin || isAbove)
    throw new DomainError('forbidden', FOR_ABOVE[user.isInstanceAdmin ? 'instance' : 'owner'])
  if (await ctx.accounts.worksElsewhere(user.id, ctx.actor.workspaceId))
    throw new DomainError(
      'conflict',
      'This password also opens another workspace: ask whoever runs this Peyk',
    )
}

async function putLink(ctx: LinkPorts, user: UserRow, workspaceId: number | null): Promise<ResetLink> {
  const token = ctx.ids.secret()
  const expiresAt = ctx.clock.now() + LINK_MS
  await ctx.accounts.putResetLink({
    userId: user.id,
    tokenHash: ctx.tokens.digest(token),
    workspaceId,
    expiresAt,
  })
  return { url: `${ctx.settings.publicUrl}/reset/${token}`, expiresAt: new Date(expiresAt).toISOString() }
}
