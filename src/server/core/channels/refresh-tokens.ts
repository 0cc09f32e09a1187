import type { Ctx } from '../context.ts'
import type { StoredChannel } from '../ports/channels.ts'
import { renewToken } from './renew-token.ts'

const DAY_MS = 86_400_000
/** A token of sixty days is renewed when it is ten days old: fifty days are left to mend whatever fails. */
const RENEW_BEFORE_MS = 50 * DAY_MS
/** Instagram renews no token that is younger than a day. */
const MIN_AGE_MS = DAY_MS
/** No node tries what another tried within that time; the round comes once an hour. */
const LEASE_MS = 50 * 60_000
const PAGE = 100

type Job = Pick<Ctx, 'platforms' | 'channels' | 'clock' | 'limiter' | 'log'>

/** Renews the tokens that will die, long before they do, and stops the channels whose token is dead. */
export async function refreshTokens(ctx: Job, isEnding: () => boolean): Promise<void> {
  for (let after = 0; ; ) {
    const page = await ctx.channels.ofSource('instagram', { after, limit: PAGE })
    for (const channel of page) {
      if (isEnding()) return
      await attend(ctx, channel)
    }
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = last.id
  }
}

async function attend(ctx: Job, channel: StoredChannel): Promise<void> {
  const now = ctx.clock.now()
  if (!channel.isConnect) return
  const left = channel.tokenExpiresAt === null ? null : Date.parse(channel.tokenExpiresAt) - now
  if (left !== null && left <= 0) return ctx.channels.stop(channel.id, 'The access token has expired')
  if (now - Date.parse(channel.createdAt) < MIN_AGE_MS) return
  if (left !== null && left > RENEW_BEFORE_MS) return
  const lease = await ctx.limiter.take(`token:${channel.id}`, 1, LEASE_MS)
  if (!lease.allowed) return
  const renewed = await renewToken(ctx, channel)
  const fields = { channelId: channel.id, tokenExpiresAt: renewed?.tokenExpiresAt ?? channel.tokenExpiresAt }
  if (renewed) ctx.log.info(fields, 'A channel’s access was renewed')
  else ctx.log.warn(fields, 'A channel’s access could not be renewed; it is tried again in an hour')
}
