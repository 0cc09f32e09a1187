import { isUnstorable } from '../../contract/characters.ts'
import type { Feedback, Message } from '../../contract/message.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError } from '../errors.ts'

export interface Rating {
  messageId: string
  feedback: Feedback
  comment: string
  /** Where given, the message must be of this conversation. */
  conversationId?: string
}

/** Rates an answer of the bot. Errors: not_found (no such message of theirs), invalid_input (not the bot's). */
export async function submitFeedback(ctx: MemberCtx, input: Rating): Promise<Message> {
  const { messageId } = input
  const message = isUnstorable(messageId) ? null : await ctx.messages.find(workspaceIds(ctx), messageId)
  const isThere = message && (!input.conversationId || message.conversationId === input.conversationId)
  if (!isThere)
    throw new DomainError('not_found', 'Message not found or you do not have permission to access it')
  if (message.type !== 'AI')
    throw new DomainError('invalid_input', 'Feedback can only be submitted for AI responses')
  const { workspaceId, event } = await ctx.journal.amend({
    kind: 'feedback',
    workspaceIds: workspaceIds(ctx),
    conversationId: message.conversationId,
    messageId: message.id,
    feedback: input.feedback,
    comment: input.comment,
  })
  ctx.feed.publish(workspaceId, event)
  return event?.type === 'message.rated' ? event.message : message
}
