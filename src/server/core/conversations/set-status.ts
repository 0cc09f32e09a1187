import type { ConversationState, SetStatus } from '../../contract/conversation.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'

/** Any status may follow any other. Errors: not_found. */
export async function setStatus(ctx: MemberCtx, input: SetStatus): Promise<ConversationState> {
  const appended = await ctx.journal.append({
    kind: 'status',
    workspaceIds: workspaceIds(ctx),
    conversationId: input.conversationId,
    userId: ctx.actor.userId,
    status: input.status,
  })
  ctx.feed.publish(appended.workspaceId, appended.event)
  return appended.conversation
}
