import type { ConversationState } from '../../contract/conversation.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import { relaySeen } from './relay-seen.ts'

/**
 * Raises the member's read mark, and what counts as answered, to `upTo` (null: to the newest message). `always` emits
 * the event even where nothing was unread, as the legacy frame promises. Errors: not_found.
 */
export async function markRead(
  ctx: MemberCtx,
  input: { conversationId: string; upTo: number | null; always?: boolean },
): Promise<ConversationState> {
  const appended = await ctx.journal.append({
    kind: 'read',
    workspaceIds: workspaceIds(ctx),
    conversationId: input.conversationId,
    userId: ctx.actor.userId,
    upTo: input.upTo,
    always: input.always ?? false,
  })
  ctx.feed.publish(appended.workspaceId, appended.event)
  if (appended.event) void relaySeen(ctx, appended)
  return appended.conversation
}
