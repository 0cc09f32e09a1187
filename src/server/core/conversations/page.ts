import type { Conversation } from '../../contract/conversation.ts'
import type { ConversationFilter } from '../../contract/filters.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import type { ConversationOptions, Page, Paged } from '../ports/conversations.ts'

/** The member's conversations in all their workspaces: the legacy list. A filter that can match nothing is null. */
export async function pageConversations(
  ctx: MemberCtx,
  filter: ConversationFilter | null,
  page: Page,
): Promise<Paged<Conversation>> {
  if (!filter) return { rows: [], total: 0, asOf: null }
  return ctx.conversations.page(workspaceIds(ctx), filter, page)
}

/** The values that occur in the member's conversations. */
export const conversationOptions = (ctx: MemberCtx): Promise<ConversationOptions> =>
  ctx.conversations.options(workspaceIds(ctx))

/** A conversation in any of the member's workspaces; null where there is none of theirs. */
export const findConversation = (ctx: MemberCtx, id: string) => ctx.conversations.find(workspaceIds(ctx), id)
