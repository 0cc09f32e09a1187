import { strip } from '../../contract/characters.ts'
import { MAX_CONSOLE_CONTENT } from '../../contract/limits.ts'
import { storableText } from '../../contract/text.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { AppendedMessage } from '../ports.ts'
import { takeMessage } from '../security/budget.ts'
import { canAnswerAsBot } from '../security/can.ts'

export interface BotAnswer {
  conversationId: string
  content: string
  clientId: string | null
  metadata: Record<string, unknown>
  inputTokens: number
  outputTokens: number
}

const Content = storableText(MAX_CONSOLE_CONTENT)

/**
 * Stores an answer of the bot, queues its delivery and tells everybody. A repeated `clientId` answers the stored one.
 * Errors: forbidden (the key has no scope `ai`), invalid_input, not_found.
 */
export async function sendBotAnswer(ctx: MemberCtx, input: BotAnswer): Promise<AppendedMessage> {
  const { key } = ctx.actor
  if (!key || !canAnswerAsBot(ctx.actor))
    throw new DomainError('forbidden', 'Only an API key with the scope "ai" writes in the bot’s name')
  const content = Content.safeParse(input.content)
  if (!content.success || strip(input.content) === '')
    throw new DomainError(
      'invalid_input',
      content.error?.issues[0]?.message ?? 'Message content cannot be empty',
    )
  await takeMessage(ctx)
  const { metadata, inputTokens, outputTokens } = input
  const appended = await ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: workspaceIds(ctx),
    conversationId: input.conversationId,
    id: ctx.ids.short(),
    type: 'AI',
    content: content.data,
    contentKind: 'text',
    sender: `key:${key.id}`,
    author: null,
    clientId: input.clientId,
    providerId: null,
    deliver: true,
    ai: { metadata, inputTokens, outputTokens },
  })
  ctx.feed.publish(appended.workspaceId, appended.event)
  if (appended.message.delivery?.state === 'queued') ctx.bus.publish('deliveries', null)
  return appended
}
