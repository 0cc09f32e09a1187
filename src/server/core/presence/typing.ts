import type { MemberCtx } from '../context.ts'
import { requireConversation } from '../conversations/get.ts'
import { relayTyping } from './relay-typing.ts'
import { publishSignal } from './signals.ts'

/** Tells the others of the workspace, and the customer where their platform can show it, that the member types, or stopped. Nothing is stored. Errors: not_found. */
export async function setTyping(
  ctx: MemberCtx,
  input: { conversationId: string; isTyping: boolean; connectionId: string },
): Promise<void> {
  const conversation = await requireConversation(ctx, input.conversationId)
  const { userId: id, name, workspaceId } = ctx.actor
  publishSignal(ctx.bus, workspaceId, { type: 'typing', who: 'agent', id, name, ...input })
  if (input.isTyping) void relayTyping(ctx, conversation)
}
