import type { Hold } from '../../contract/spam.ts'
import type { Ctx } from '../context.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { AppendedMessage } from '../ports/journal.ts'
import type { InboundText } from '../ports/platform.ts'
import { holdOf, looksLikeSpam } from '../security/spam/hold.ts'

/**
 * Makes a customer's message of an event. Running it twice stores it once. What looks like spam is stored all the same, and
 * held: a platform's sender sees no refusal.
 */
export async function storeMessage(
  ctx: Ctx,
  event: RawEvent,
  message: InboundText,
): Promise<'stored' | 'held' | 'repeated'> {
  const { workspaceId } = event
  const { conversation, event: opened } = await openFor(ctx, event, message)
  ctx.feed.publish(workspaceId, opened)
  const hold = await holdOf(ctx, { customerId: conversation.customerId, text: message.content })
  const appended = await ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: [workspaceId],
    conversationId: conversation.id,
    id: ctx.ids.short(),
    type: 'customer',
    content: message.content,
    contentKind: message.kind,
    sender: `customer:${conversation.customerId}`,
    author: null,
    clientId: null,
    providerId: message.providerId,
    deliver: false,
    ...(hold && { hold }),
  })
  ctx.feed.publish(workspaceId, appended.event)
  if (appended.repeated) return 'repeated'
  if (hold) note(ctx, appended, hold)
  return hold ? 'held' : 'stored'
}

const openFor = (ctx: Ctx, { workspaceId, channelId }: RawEvent, message: InboundText) =>
  ctx.journal.append({
    kind: 'open',
    workspaceId,
    channelId,
    source: 'telegram',
    sourceId: message.sourceId,
    conversationId: ctx.ids.short(),
    firstName: message.firstName,
    lastName: message.lastName,
    username: message.username,
    isHidden: looksLikeSpam(ctx, message.content),
  })

function note(ctx: Ctx, { workspaceId, message }: AppendedMessage, { score, reasons }: Hold): void {
  const { id, conversationId: conversation } = message
  const detail = { message: id, conversation, score, reasons: reasons.map(({ code }) => code) }
  ctx.security.note({ kind: 'spam_held', workspaceId, userId: null, address: '', detail })
}
