import { platformOf } from '../channels/platform-of.ts'
import type { Ctx } from '../context.ts'
import type { StoredChannel } from '../ports/channels.ts'
import { recordItem } from './receive-batch.ts'

/** Nobody looks further back, however long nothing was heard. */
const MAX_GAP_MS = 7 * 86_400_000

/**
 * Since when a channel has heard nothing; to be asked before it hears again. What was said before that was told, and what people
 * deleted of it is not to come back.
 */
export async function unheardSince(
  ctx: Pick<Ctx, 'inbox' | 'clock'>,
  { id, provedAt, createdAt }: StoredChannel,
): Promise<number> {
  const last = (await ctx.inbox.lastReceivedAt(id)) ?? provedAt ?? createdAt
  return Math.max(Date.parse(last), ctx.clock.now() - MAX_GAP_MS)
}

/** Asks what was written while a channel heard nothing, and takes it in as if it had been told. Never fails. */
export async function catchUp(ctx: Ctx, channel: StoredChannel, since: number): Promise<void> {
  const platform = platformOf(ctx, channel.source)
  if (!platform?.recent) return
  try {
    for (const item of await platform.recent(channel, since))
      await recordItem(ctx, platform, { channel, item })
  } catch (err) {
    ctx.log.warn({ channelId: channel.id, err }, 'What was written meanwhile could not be read')
  }
}
