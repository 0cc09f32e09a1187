import { strip } from '../../contract/characters.ts'
import { MAX_CONSOLE_CONTENT } from '../../contract/limits.ts'
import { storableText } from '../../contract/text.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { AppendedMessage, MessageDraft } from '../ports/journal.ts'

const Content = storableText(MAX_CONSOLE_CONTENT)

/** A text that can be sent, byte-exact. Throws invalid_input where it is empty, too long or unstorable. */
export function requireContent(given: string): string {
  const content = Content.safeParse(given)
  if (!content.success)
    throw new DomainError('invalid_input', content.error.issues[0]?.message ?? 'Invalid text')
  if (strip(content.data) === '') throw new DomainError('invalid_input', 'Message content cannot be empty')
  return content.data
}

type Outgoing = Pick<
  MessageDraft,
  | 'conversationId'
  | 'type'
  | 'content'
  | 'sender'
  | 'author'
  | 'clientId'
  | 'ai'
  | 'attachments'
  | 'extras'
  | 'replyToId'
> & { contentKind?: MessageDraft['contentKind'] }

/** Stores what goes to the customer, queues its delivery and tells everybody. Errors: not_found. */
export async function appendOutgoing(ctx: MemberCtx, outgoing: Outgoing): Promise<AppendedMessage> {
  const appended = await ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: workspaceIds(ctx),
    id: ctx.ids.short(),
    contentKind: 'text',
    providerId: null,
    deliver: true,
    ...outgoing,
  })
  ctx.feed.publish(appended.workspaceId, appended.event)
  const { delivery } = appended.message
  if (delivery?.state === 'queued' && !delivery.next) ctx.bus.publish('deliveries', null)
  return appended
}
