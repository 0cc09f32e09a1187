import type { Ctx } from '../context.ts'

export interface Echo {
  workspaceId: number
  conversationId: string
  providerId: string
  content: string
  hasFile: boolean
}

/**
 * Ends the delivery that a platform tells back, where one was handed over lately and its answer is missing or still under
 * way. False where there is none: then the message is known already, or somebody wrote it elsewhere.
 */
export async function settleByEcho(ctx: Ctx, { workspaceId, ...echo }: Echo): Promise<boolean> {
  const { event } = await ctx.journal.append({ kind: 'echo', workspaceIds: [workspaceId], ...echo })
  if (!event) return false
  ctx.metrics.count('peyk_deliveries_total', 'sent')
  ctx.feed.publish(workspaceId, event)
  // The next delivery to this contact waited for it.
  ctx.bus.publish('deliveries', null)
  return true
}
