import type { Container } from '../container.ts'
import type { StoredChannel } from '../core/ports/channels.ts'

/** The channel finds its emulator where that is now, and goes on where it stopped. */
export async function revive(
  { ctx, prisma }: Container,
  { id, workspaceId }: StoredChannel,
  apiRoot: string,
): Promise<void> {
  await prisma.channel.update({ where: { id }, data: { apiRoot } })
  // Also makes the kept copy of the row forgotten, which still has the address of before.
  await ctx.channels.change([workspaceId], id, { isConnect: true, stoppedReason: null })
  ctx.bus.publish('deliveries', null)
}
