import type { VisitorCtx } from '../context.ts'
import { findOwnThread } from './thread.ts'

/** What was said to the visitor up to there was on their screen. */
export async function markSeen(ctx: VisitorCtx, upTo: number): Promise<void> {
  const thread = await findOwnThread(ctx)
  if (!thread?.conversationId || upTo <= thread.seenSeq) return
  const { workspaceId } = ctx.actor
  const { conversationId } = thread
  const appended = await ctx.journal.append({
    kind: 'seen',
    workspaceIds: [workspaceId],
    conversationId,
    upTo,
  })
  ctx.feed.publish(workspaceId, appended.event)
}
