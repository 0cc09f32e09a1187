import { displayName } from '../../contract/display-name.ts'
import type { Member } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { SessionOwner } from '../ports/accounts.ts'
import type { Ports } from '../ports.ts'

type AuthenticatePorts = Pick<Ports, 'accounts' | 'tokens' | 'clock' | 'sessions'>

/**
 * The member an access token belongs to. Throws unauthenticated, whose `cause` is 'invalid' for what never was a token of
 * ours, and 'expired' for one that was: a client that forgot to sign in again attacks nobody.
 */
export async function authenticateToken(ctx: AuthenticatePorts, token: string): Promise<Member> {
  const claims = await ctx.tokens.verify(token, 'access')
  if (typeof claims === 'string') throw refused(claims)
  const pair = await ctx.accounts.findTokens(claims.jti)
  if (!pair) throw refused('invalid')
  if (pair.accessHash !== ctx.tokens.digest(token) || pair.userId !== claims.userId) throw refused('invalid')
  if (pair.rotated || pair.accessExpiresAt <= ctx.clock.now()) throw refused('expired')
  const member = await authenticateSession(ctx, pair.sessionId)
  return { ...member, tokenExpiresAt: pair.accessExpiresAt }
}

/** The member a live session belongs to. Throws unauthenticated once it was revoked or has expired. */
export async function authenticateSession(
  ctx: Omit<AuthenticatePorts, 'tokens'>,
  sessionId: string,
): Promise<Member> {
  const owner = await ctx.accounts.owner(sessionId)
  if (!owner || owner.session.expiresAt <= ctx.clock.now()) throw refused('expired')
  ctx.sessions.seen(sessionId)
  return toMember(owner)
}

function toMember({ session, user, workspaces }: SessionOwner): Member {
  const invited = workspaces.find((workspace) => workspace.role !== 'owner')
  const workspace = invited ?? workspaces[0]
  if (!workspace) throw new DomainError('forbidden', 'You are not a member of any workspace')
  const name = displayName(user)
  return {
    kind: 'member',
    userId: user.id,
    name,
    sessionId: session.id,
    sessionKind: session.kind,
    isInstanceAdmin: user.isInstanceAdmin,
    workspaceId: workspace.id,
    workspaces,
  }
}

const refused = (cause: 'invalid' | 'expired') =>
  new DomainError('unauthenticated', 'Sign in to continue', { cause })
