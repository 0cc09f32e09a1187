import { type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError } from '../errors.ts'
import { audit } from '../security/audit.ts'
import { canDelete } from '../security/can.ts'

/** Deletes a conversation with its messages, for good. Errors: not_found, forbidden. */
export async function deleteConversation(ctx: MemberCtx, input: { conversationId: string }): Promise<void> {
  const found = await ctx.conversations.find(workspaceIds(ctx), input.conversationId)
  if (!found) throw new DomainError('not_found', 'Conversation not found')
  if (!canDelete(ctx.actor, found.workspaceId))
    throw new DomainError('forbidden', 'Only owners and admins can delete conversations')
  const { workspaceId, event } = await ctx.journal.amend({
    kind: 'delete',
    workspaceIds: [found.workspaceId],
    conversationId: found.id,
  })
  ctx.feed.publish(workspaceId, event)
  await audit(ctx, { action: 'conversation.deleted', target: `conversation:${found.id}`, workspaceId })
}
