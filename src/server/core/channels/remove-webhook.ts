import type { Ctx } from '../context.ts'
import type { StoredChannel } from '../ports/channels.ts'
import { platformOf } from './platform-of.ts'

/**
 * Takes a channel's webhook away, as far as its platform lets us: the channel is gone whatever it says. It is awaited, or
 * a late removal could take away the webhook of a bot that was connected again at once.
 */
export async function removeWebhook(
  ctx: Pick<Ctx, 'platforms' | 'log'>,
  channel: StoredChannel,
  /** Whose it was, for the log. */
  of: 'a disconnected channel' | 'a deleted account',
): Promise<void> {
  try {
    await platformOf(ctx, channel.source)?.removeWebhook(channel)
  } catch (error) {
    ctx.log.warn({ channelId: channel.id, err: error }, `The webhook of ${of} stays set`)
  }
}
