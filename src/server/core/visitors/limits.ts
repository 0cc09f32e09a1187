import { limitKeyOf } from '../../contract/network.ts'
import type { Ctx, VisitorCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { MINUTE_MS } from '../security/budget.ts'

/** Sessions of one address: an office behind one address opens many pages. */
export const MAX_SESSIONS_PER_ADDRESS = 300
/** Messages of one address, whoever they are from: a visitor who forgets who they are has no new budget. */
const MAX_MESSAGES_PER_ADDRESS = 120

/** Errors: rate_limited, with the wait in `cause.retryAfterMs`. */
export const takeSession = (ctx: Ctx, address: string): Promise<void> =>
  take(ctx, `widget-session:${limitKeyOf(address)}`, MAX_SESSIONS_PER_ADDRESS)

/** Files of a visitor within a minute, and of an address. */
export const MAX_VISITOR_UPLOADS = 10
const MAX_UPLOADS_PER_ADDRESS = 60

/** One file, by who they are and by where they are. */
export async function takeVisitorUpload(ctx: VisitorCtx): Promise<void> {
  const { channelId, sourceId, address } = ctx.actor
  await take(ctx, `widget-upload:${channelId}:${sourceId}`, MAX_VISITOR_UPLOADS)
  await take(ctx, `widget-upload:${limitKeyOf(address)}`, MAX_UPLOADS_PER_ADDRESS)
}

/** One message of a visitor, by who they are and by where they are. */
export async function takeVisitorMessage(ctx: VisitorCtx): Promise<void> {
  const { channelId, sourceId, address } = ctx.actor
  await take(ctx, `widget-message:${channelId}:${sourceId}`, ctx.settings.limits.messagesPerMinute)
  await take(ctx, `widget-message:${limitKeyOf(address)}`, MAX_MESSAGES_PER_ADDRESS)
}

async function take(ctx: Ctx, key: string, limit: number): Promise<void> {
  if (!ctx.settings.limits.isRateLimited) return
  const { allowed, retryAfterMs } = await ctx.limiter.take(key, limit, MINUTE_MS)
  if (!allowed)
    throw new DomainError('rate_limited', 'Too much at once: wait a moment', { cause: { retryAfterMs } })
}
