import type { ListMessages, MessagePage } from '../../contract/message.ts'
import type { MemberCtx } from '../context.ts'
import { requireConversation } from '../conversations/get.ts'

/** A page of a thread of the member's workspace, ascending. Errors: not_found. */
export async function listMessages(ctx: MemberCtx, input: ListMessages): Promise<MessagePage> {
  await requireConversation(ctx, input.conversationId)
  const messages = await ctx.messages.page(input.conversationId, input)
  return { messages, hasOlder: (messages[0]?.seq ?? 1) > 1 }
}
