import type { ChannelHealth, RepairChannel, RepairCode } from '../../contract/channel-health.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { catchUp, unheardSince } from '../inbound/catch-up.ts'
import type { StoredChannel } from '../ports/channels.ts'
import { audit } from '../security/audit.ts'
import { canManageChannels, requireRight } from '../security/can.ts'
import { examineChannel, requireOwnChannel, takeExamination } from './examine.ts'
import { requirePlatform } from './platform-of.ts'
import { renewToken } from './renew-token.ts'
import { isPolled, proveWebhook } from './webhook.ts'

/**
 * Does one thing about a channel that is not well, and looks again. Doing it twice comes to the same. Errors: forbidden,
 * not_found, conflict (it is not for this channel), rate_limited, and what the platform says: invalid_input, unavailable.
 */
export async function repairChannel(ctx: MemberCtx, input: RepairChannel): Promise<ChannelHealth> {
  requireRight(ctx, canManageChannels, 'Only owners and admins can repair channels')
  const channel = await requireOwnChannel(ctx, input.channelId)
  await takeExamination(ctx)
  await REPAIRS[input.repair](ctx, channel)
  const after = { repair: input.repair }
  await audit(ctx, { action: 'channel.repaired', target: `channel:${channel.id}`, after })
  return examineChannel(ctx, { channelId: channel.id, isFresh: true })
}

const REPAIRS: Record<RepairCode, (ctx: MemberCtx, channel: StoredChannel) => Promise<void>> = {
  set_webhook: setWebhook,
  remove_webhook: removeWebhook,
  subscribe,
  renew_token: renew,
  retry_deliveries: retryDeliveries,
}

/** With a fresh secret. What comes with it before it is stored is refused, and so comes again. */
async function setWebhook(ctx: MemberCtx, channel: StoredChannel): Promise<void> {
  if (channel.source !== 'telegram' || isPolled(ctx, channel)) throw notForIt()
  const credentials = { ...channel.credentials, webhookSecret: ctx.ids.secret() }
  await proveWebhook(ctx, { ...channel, credentials })
  const provedAt = new Date(ctx.clock.now()).toISOString()
  await ctx.channels.change([channel.workspaceId], channel.id, { credentials, provedAt })
}

/** Has the account's events sent to the application again, and asks for those that were sent to nobody. */
async function subscribe(ctx: MemberCtx, channel: StoredChannel): Promise<void> {
  if (channel.source !== 'instagram') throw notForIt()
  const since = await unheardSince(ctx, channel)
  await proveWebhook(ctx, channel)
  await catchUp(ctx, channel, since)
}

async function removeWebhook(ctx: MemberCtx, channel: StoredChannel): Promise<void> {
  if (!isPolled(ctx, channel)) throw notForIt()
  await requirePlatform(ctx, channel.source).removeWebhook(channel)
}

async function renew(ctx: MemberCtx, channel: StoredChannel): Promise<void> {
  if (!channel.isConnect || !requirePlatform(ctx, channel.source).renew) throw notForIt()
  if (await renewToken(ctx, channel)) return
  throw new DomainError('unavailable', 'The platform gives no other token now')
}

async function retryDeliveries(ctx: MemberCtx, channel: StoredChannel): Promise<void> {
  if (!channel.isConnect) throw new DomainError('conflict', 'Connect the channel again first')
  await ctx.deliveries.hasten(channel.id)
  ctx.bus.publish('deliveries', null)
}

const notForIt = () => new DomainError('conflict', 'This cannot be done for this channel')
