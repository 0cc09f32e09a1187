import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { AppendedMessage } from '../ports/journal.ts'
import { takeMessage } from '../security/budget.ts'
import { canAnswerAsBot } from '../security/can.ts'
import { appendOutgoing, requireContent } from './outgoing.ts'

export interface BotAnswer {
  conversationId: string
  content: string
  clientId: string | null
  metadata: Record<string, unknown>
  inputTokens: number
  outputTokens: number
}

/**
 * Stores an answer of the bot, queues its delivery and tells everybody. A repeated `clientId` answers the stored one.
 * Errors: forbidden (the key has no scope `ai`), invalid_input, not_found.
 */
export async function sendBotAnswer(ctx: MemberCtx, input: BotAnswer): Promise<AppendedMessage> {
  const { key } = ctx.actor
  if (!key || !canAnswerAsBot(ctx.actor))
    throw new DomainError('forbidden', 'Only an API key with the scope "ai" writes in the bot’s name')
  const content = requireContent(input.content)
  await takeMessage(ctx)
  const { conversationId, clientId, metadata, inputTokens, outputTokens } = input
  return appendOutgoing(ctx, {
    conversationId,
    type: 'AI',
    content,
    sender: `key:${key.id}`,
    author: null,
    clientId,
    ai: { metadata, inputTokens, outputTokens },
  })
}
