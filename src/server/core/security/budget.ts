import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { noteSecurity } from './note.ts'

export const MINUTE_MS = 60_000
/** Files that one person or key may upload in a minute. */
export const UPLOADS_PER_MINUTE = 60

/**
 * Takes one message from the budget of whoever sends: a person with a token, the console (an agent is not a robot), or a
 * key. One budget a person over all wires and nodes. Throws rate_limited, with the wait in `cause.retryAfterMs`.
 */
export async function takeMessage(ctx: MemberCtx): Promise<void> {
  if (!ctx.settings.limits.isRateLimited) return
  const { key, limit } = budgetOf(ctx)
  const { allowed, retryAfterMs } = await ctx.limiter.take(`message:${key}`, limit, MINUTE_MS)
  if (allowed) return
  noteSecurity(ctx, 'rate_limit_violation', {
    limit: 'messages',
    ...(ctx.actor.key && { key: ctx.actor.key.id }),
  })
  throw new DomainError('rate_limited', 'Rate limit exceeded', { cause: { retryAfterMs } })
}

/** The same for files that are uploaded, each of which may be as long as many thousand messages. */
export async function takeUpload(ctx: MemberCtx): Promise<void> {
  if (!ctx.settings.limits.isRateLimited) return
  const { key } = budgetOf(ctx)
  const { allowed, retryAfterMs } = await ctx.limiter.take(`upload:${key}`, UPLOADS_PER_MINUTE, MINUTE_MS)
  if (allowed) return
  noteSecurity(ctx, 'rate_limit_violation', {
    limit: 'uploads',
    ...(ctx.actor.key && { key: ctx.actor.key.id }),
  })
  throw new DomainError('rate_limited', 'Too many files at once', { cause: { retryAfterMs } })
}

function budgetOf({ actor, settings: { limits } }: MemberCtx) {
  if (actor.key) return { key: `key:${actor.key.id}`, limit: limits.keyMessagesPerMinute }
  return actor.sessionKind === 'console'
    ? { key: `console:${actor.userId}`, limit: limits.consoleMessagesPerMinute }
    : { key: `user:${actor.userId}`, limit: limits.messagesPerMinute }
}
