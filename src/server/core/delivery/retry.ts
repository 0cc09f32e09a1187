import type { Message, RetryDelivery } from '../../contract/message.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import { requireMessage } from './history.ts'

/** Queues a new delivery of a failed or unconfirmed message; the old one stays as it was. Errors: not_found. */
export async function retryDelivery(ctx: MemberCtx, input: RetryDelivery): Promise<Message> {
  const { conversationId } = await requireMessage(ctx, input.messageId)
  const draft = {
    kind: 'retry' as const,
    workspaceIds: workspaceIds(ctx),
    conversationId,
    messageId: input.messageId,
  }
  const appended = await ctx.journal.append(draft)
  ctx.feed.publish(appended.workspaceId, appended.event)
  ctx.bus.publish('deliveries', null)
  return requireMessage(ctx, input.messageId)
}
