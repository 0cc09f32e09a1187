import type { MemberCtx } from '../context.ts'
import type { AppendedMessage } from '../ports/journal.ts'
import { takeMessage } from '../security/budget.ts'
import { screenMessage } from '../security/screen.ts'
import { appendOutgoing, requireContent } from './outgoing.ts'

export interface Sending {
  conversationId: string
  content: string
  type: 'support' | 'marketing'
  clientId: string | null
}

/**
 * Stores a member's message, queues its delivery and tells everybody. A repeated `clientId` answers the stored message.
 * Errors: invalid_input (empty, too long or unstorable text, spam), rate_limited, not_found (no such conversation of theirs).
 */
export async function sendMessage(ctx: MemberCtx, input: Sending): Promise<AppendedMessage> {
  const content = requireContent(input.content)
  await takeMessage(ctx)
  screenMessage(ctx, content)
  const { userId, name, key } = ctx.actor
  return appendOutgoing(ctx, {
    conversationId: input.conversationId,
    type: input.type,
    content,
    sender: key ? `key:${key.id}` : `user:${userId}`,
    author: { userId, name },
    clientId: input.clientId,
  })
}
