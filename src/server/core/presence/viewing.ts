import type { MemberCtx } from '../context.ts'
import { requireConversation } from '../conversations/get.ts'
import { publishSignal } from './signals.ts'

/**
 * Tells the others which conversation the member looks at; null: none any more. The newest word of a connection
 * replaces what it said before. Errors: not_found.
 */
export async function setViewing(
  ctx: MemberCtx,
  input: { conversationId: string | null; connectionId: string },
): Promise<void> {
  const { userId, name, workspaceId } = ctx.actor
  const { conversationId, connectionId } = input
  if (conversationId !== null) await requireConversation(ctx, conversationId)
  publishSignal(ctx.bus, workspaceId, { type: 'viewing', conversationId, userId, name, connectionId })
}
