import type { Conversation } from '../../contract/conversation.ts'
import { formatPosition, type Position } from '../../contract/ids.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'

/** A conversation of the workspace the member works in; "not yours" and "not there" are one not_found. */
export async function requireConversation(ctx: MemberCtx, id: string): Promise<Conversation> {
  const found = await ctx.conversations.find([ctx.actor.workspaceId], id)
  if (!found) throw new DomainError('not_found', 'Conversation not found')
  const { workspaceId: _, ...conversation } = found
  return conversation
}

/** The conversation, and the position of the log at which it is at least true. */
export async function getConversation(
  ctx: MemberCtx,
  input: { conversationId: string },
): Promise<{ conversation: Conversation; position: Position }> {
  const { epoch, head } = await ctx.journal.position(ctx.actor.workspaceId)
  return {
    conversation: await requireConversation(ctx, input.conversationId),
    position: formatPosition(epoch, head),
  }
}
