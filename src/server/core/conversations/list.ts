import type { ConversationPage, ListConversations } from '../../contract/conversation.ts'
import { formatPosition } from '../../contract/ids.ts'
import type { MemberCtx } from '../context.ts'

/** A page of the workspace's conversations, newest activity first, with the position at which it is at least true. */
export async function listConversations(ctx: MemberCtx, input: ListConversations): Promise<ConversationPage> {
  const { workspaceId } = ctx.actor
  const { epoch, head } = await ctx.journal.position(workspaceId)
  const [page, counts] = await Promise.all([
    ctx.conversations.list(workspaceId, input),
    ctx.conversations.counts(workspaceId),
  ])
  return { conversations: page.rows, hasMore: page.hasMore, counts, position: formatPosition(epoch, head) }
}
