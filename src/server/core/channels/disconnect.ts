import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { StoredChannel } from '../ports.ts'
import { canManageChannels } from '../security/can.ts'

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
  if (channel.source === 'telegram') await removeWebhook(ctx, channel)
  return { channelId: channel.id }
}

// Best effort: the channel is gone whatever Telegram says. It is awaited, or a late removal could take away the
// webhook of a bot that was connected again at once.
async function removeWebhook(ctx: MemberCtx, channel: StoredChannel): Promise<void> {
  try {
    await ctx.telegram.removeWebhook(channel)
  } catch (error) {
    ctx.log.warn({ channelId: channel.id, err: error }, 'The webhook of a disconnected channel stays set')
  }
}
