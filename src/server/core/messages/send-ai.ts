import { CAPABILITIES, FITS_EVERYWHERE } from '../../contract/capabilities.ts'
import { utf8Bytes } from '../../contract/characters.ts'
import { splitText } from '../../contract/split.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { AppendedMessage } from '../ports/journal.ts'
import { takeMessage } from '../security/budget.ts'
import { canAnswerAsBot } from '../security/can.ts'
import { appendOutgoing, requireContent } from './outgoing.ts'
import { clientIdOf } from './parts.ts'
import { requirePassage } from './window.ts'

export interface BotAnswer {
  conversationId: string
  content: string
  clientId: string | null
  metadata: Record<string, unknown>
  inputTokens: number
  outputTokens: number
}

/**
 * Stores an answer of the bot, queues its delivery and tells everybody. What the channel cannot take in one becomes
 * several; the first is answered, and has what the bot says of it. A repeated `clientId` answers the stored one.
 * Errors: forbidden (the key has no scope `ai`), invalid_input, not_found.
 */
export async function sendBotAnswer(ctx: MemberCtx, input: BotAnswer): Promise<AppendedMessage> {
  const { key } = ctx.actor
  if (!key || !canAnswerAsBot(ctx.actor))
    throw new DomainError('forbidden', 'Only an API key with the scope "ai" writes in the bot’s name')
  const content = requireContent(input.content)
  await takeMessage(ctx)
  const { conversationId, clientId, metadata, inputTokens, outputTokens } = input
  await requirePassage(ctx, { conversationId, type: 'AI', clientId })
  const answer = { conversationId, type: 'AI' as const, sender: `key:${key.id}`, author: null }
  const [first = content, ...others] = await textsOf(ctx, conversationId, content)
  const ai = { metadata, inputTokens, outputTokens }
  const appended = await appendOutgoing(ctx, { ...answer, content: first, clientId, ai })
  for (const [index, text] of others.entries())
    await appendOutgoing(ctx, { ...answer, content: text, clientId: clientIdOf(ctx, clientId, index + 2) })
  return appended
}

async function textsOf(ctx: MemberCtx, conversationId: string, content: string): Promise<string[]> {
  if (utf8Bytes(content) <= FITS_EVERYWHERE) return [content]
  const conversation = await ctx.conversations.find(workspaceIds(ctx), conversationId)
  if (!conversation) throw new DomainError('not_found', 'Conversation not found')
  const { text, formats } = CAPABILITIES[conversation.source]
  return splitText(content, { ...text, formats })
}
