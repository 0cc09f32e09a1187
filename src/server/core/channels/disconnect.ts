import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { canManageChannels } from '../security/can.ts'
import { removeWebhook } from './remove-webhook.ts'

/** Ends a channel. Its conversations stay; what is queued for it fails with a reason. */
export async function disconnectChannel(
  ctx: MemberCtx,
  input: { channelId: number },
): Promise<{ channelId: number }> {
  if (!canManageChannels(ctx.actor)) {
    throw new DomainError('forbidden', 'Only owners and admins can disconnect channels')
  }
  const channel = await ctx.channels.remove([ctx.actor.workspaceId], input.channelId)
  if (!channel) throw new DomainError('not_found', 'Channel not found')
  await removeWebhook(ctx, channel, 'a disconnected channel')
  return { channelId: channel.id }
}
