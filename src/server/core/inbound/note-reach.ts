import type { Ctx } from '../context.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { ParsedEvent } from '../ports/platform.ts'

type Reach = Extract<ParsedEvent, { kind: 'reach' }>

/** Notes that a customer cannot be reached, or can again. Of people who never wrote nothing is kept. */
export async function noteReach(
  ctx: Ctx,
  { workspaceId, channelId }: RawEvent,
  { sourceId, reason }: Reach,
): Promise<'changed' | 'unchanged'> {
  const customerId = await ctx.customers.findBySource(channelId, sourceId)
  if (customerId === null) return 'unchanged'
  const draft = { kind: 'reach' as const, workspaceIds: [workspaceId], customerId, reason }
  const { event } = await ctx.journal.amend(draft)
  ctx.feed.publish(workspaceId, event)
  return event ? 'changed' : 'unchanged'
}
