import { visibleText } from '../../contract/format.ts'
import { MAX_QUOTE } from '../../contract/message.ts'
import type { MemberCtx } from '../context.ts'
import { requireMessage } from '../delivery/history.ts'
import { DomainError } from '../errors.ts'
import type { MessageDraft } from '../ports/journal.ts'

export interface Answer {
  conversationId: string
  replyToId?: string | undefined
}

/**
 * What a message that answers another brings along: a message of its own conversation, and its words. One that was taken back
 * meanwhile is quoted without them. Errors: not_found.
 */
export async function answerOf(
  ctx: MemberCtx,
  { conversationId, replyToId }: Answer,
): Promise<Pick<MessageDraft, 'replyToId' | 'extras'>> {
  if (replyToId === undefined) return {}
  const { id, type, content, deletedAt, ...original } = await requireMessage(ctx, replyToId)
  if (original.conversationId !== conversationId) throw new DomainError('not_found', 'Message not found')
  const isOwn = type !== 'customer'
  const seen = isOwn ? visibleText(content) : content
  const text = deletedAt === null ? Array.from(seen).slice(0, MAX_QUOTE).join('') : ''
  return { ...(deletedAt === null && { replyToId: id }), extras: { quote: { messageId: id, isOwn, text } } }
}
