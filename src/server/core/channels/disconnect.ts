import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { audit } from '../security/audit.ts'
import { canManageChannels, requireRight } from '../security/can.ts'
import { WEBSITES_TOPIC } from '../websites/website.ts'
import { removeWebhook } from './remove-webhook.ts'

/** Ends a channel. Its conversations stay; what is queued for it fails with a reason. */
export async function disconnectChannel(
  ctx: MemberCtx,
  input: { channelId: number },
): Promise<{ channelId: number }> {
  requireRight(ctx, canManageChannels, 'Only owners and admins can disconnect channels')
  const channel = await ctx.channels.remove([ctx.actor.workspaceId], input.channelId)
  if (!channel) throw new DomainError('not_found', 'Channel not found')
  const before = { source: channel.source, name: channel.name }
  await audit(ctx, { action: 'channel.disconnected', target: `channel:${channel.id}`, before })
  if (channel.source === 'website') ctx.bus.publish(WEBSITES_TOPIC, channel.id)
  await removeWebhook(ctx, channel, 'a disconnected channel')
  return { channelId: channel.id }
}
