import { strip } from '../../contract/characters.ts'
import { MAX_CONSOLE_CONTENT } from '../../contract/limits.ts'
import { storableText } from '../../contract/text.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { AppendedMessage } from '../ports.ts'
import { takeMessage } from '../security/budget.ts'
import { screenMessage } from '../security/screen.ts'

export interface Sending {
  conversationId: string
  content: string
  type: 'support' | 'marketing'
  clientId: string | null
}

const Content = storableText(MAX_CONSOLE_CONTENT)

/**
 * Stores a member's message, queues its delivery and tells everybody. A repeated `clientId` answers the stored message.
 * Errors: invalid_input (empty, too long or unstorable text, spam), rate_limited, not_found (no such conversation of theirs).
 */
export async function sendMessage(ctx: MemberCtx, input: Sending): Promise<AppendedMessage> {
  const content = Content.safeParse(input.content)
  if (!content.success)
    throw new DomainError('invalid_input', content.error.issues[0]?.message ?? 'Invalid text')
  if (strip(content.data) === '') throw new DomainError('invalid_input', 'Message content cannot be empty')
  await takeMessage(ctx)
  screenMessage(ctx, content.data)
  const appended = await ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: workspaceIds(ctx),
    conversationId: input.conversationId,
    id: ctx.ids.short(),
    type: input.type,
    content: content.data,
    contentKind: 'text',
    sender: ctx.actor.key ? `key:${ctx.actor.key.id}` : `user:${ctx.actor.userId}`,
    author: { userId: ctx.actor.userId, name: ctx.actor.name },
    clientId: input.clientId,
    providerId: null,
    deliver: true,
  })
  ctx.feed.publish(appended.workspaceId, appended.event)
  if (appended.message.delivery?.state === 'queued') ctx.bus.publish('deliveries', null)
  return appended
}
