import type { Message } from '../../contract/message.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import type { MessageChangeDraft } from '../ports/journal.ts'

type Change = MessageChangeDraft extends infer Draft
  ? Draft extends MessageChangeDraft
    ? Omit<Draft, 'workspaceIds' | 'conversationId' | 'messageId' | 'deliver'>
    : never
  : never

/** Changes the message, queues it for its platform and tells everybody; answers it as it is then. */
export async function changeMessage(ctx: MemberCtx, message: Message, change: Change) {
  const { id: messageId, conversationId } = message
  const place = { workspaceIds: workspaceIds(ctx), conversationId, messageId, deliver: true }
  const { workspaceId, event } = await ctx.journal.append({ ...change, ...place })
  ctx.feed.publish(workspaceId, event)
  if (event) ctx.bus.publish('deliveries', null)
  return { message: event?.type === 'message.changed' ? event.message : message, isChanged: event !== null }
}
