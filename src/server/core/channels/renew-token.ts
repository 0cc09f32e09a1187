import type { Ctx } from '../context.ts'
import type { StoredChannel } from '../ports/channels.ts'
import { platformOf } from './platform-of.ts'

/** Takes a token that lives on for a channel and stores it; null where its platform gives none now. */
export async function renewToken(
  ctx: Pick<Ctx, 'platforms' | 'channels' | 'clock'>,
  channel: StoredChannel,
): Promise<StoredChannel | null> {
  const renewed = await platformOf(ctx, channel.source)?.renew?.(channel)
  if (!renewed) return null
  const now = ctx.clock.now()
  return ctx.channels.change([channel.workspaceId], channel.id, {
    credentials: { ...channel.credentials, token: renewed.token },
    tokenExpiresAt: new Date(now + renewed.lifeMs).toISOString(),
    provedAt: new Date(now).toISOString(),
  })
}
