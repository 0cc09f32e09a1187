import type { MemberCtx } from '../context.ts'
import { requireConversation } from '../conversations/get.ts'
import { publishSignal } from './signals.ts'

/** Tells the others of the workspace that the member types, or stopped. Nothing is stored. Errors: not_found. */
export async function setTyping(
  ctx: MemberCtx,
  input: { conversationId: string; isTyping: boolean; connectionId: string },
): Promise<void> {
  await requireConversation(ctx, input.conversationId)
  const { userId: id, name, workspaceId } = ctx.actor
  publishSignal(ctx.bus, workspaceId, { type: 'typing', who: 'agent', id, name, ...input })
}
