import type { AccountSession } from '../../contract/session.ts'
import type { MemberCtx } from '../context.ts'
import { deviceOf } from '../device.ts'
import { DomainError } from '../errors.ts'
import { audit } from '../security/audit.ts'
import { tellSessionEnd } from './session-end.ts'

/** Where the person is signed in, the one seen last first. */
export async function listSessions(ctx: MemberCtx): Promise<AccountSession[]> {
  const sessions = await ctx.accounts.sessionsOf(ctx.actor.userId)
  return sessions.map((session) => ({
    ...session,
    device: deviceOf(session.userAgent),
    isThis: session.id === ctx.actor.sessionId,
  }))
}

/** Ends one of the person's sessions with its tokens and its sockets. Errors: not_found. */
export async function endSessionOf(ctx: MemberCtx, input: { id: string }): Promise<void> {
  const ended = await ctx.accounts.revokeOwn(ctx.actor.userId, input.id)
  if (!ended) throw new DomainError('not_found', 'This session is over already')
  tellSessionEnd(ctx.bus, ended.id)
  const { kind, userAgent, address } = ended
  await audit(ctx, { action: 'session.revoked', target: me(ctx), before: { kind, userAgent, address } })
}

/** Ends the person's sessions but the one that asks; answers how many that were. */
export async function endOtherSessions(ctx: MemberCtx): Promise<{ ended: number }> {
  const { userId, sessionId } = ctx.actor
  const ended = await ctx.accounts.revokeAll(userId, sessionId)
  for (const id of ended) tellSessionEnd(ctx.bus, id)
  if (ended.length > 0)
    await audit(ctx, { action: 'session.revoked', target: me(ctx), before: { sessions: ended.length } })
  return { ended: ended.length }
}

const me = ({ actor }: MemberCtx) => `user:${actor.userId}`
