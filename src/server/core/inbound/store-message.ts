import type { Ctx } from '../context.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { InboundText } from '../ports/platform.ts'

/** Makes a customer's message of an event. Running it twice stores it once. */
export async function storeMessage(
  ctx: Ctx,
  event: RawEvent,
  message: InboundText,
): Promise<'stored' | 'repeated'> {
  const { workspaceId, channelId } = event
  const opened = await ctx.journal.append({
    kind: 'open',
    workspaceId,
    channelId,
    source: 'telegram',
    sourceId: message.sourceId,
    conversationId: ctx.ids.short(),
    firstName: message.firstName,
    lastName: message.lastName,
    username: message.username,
  })
  ctx.feed.publish(workspaceId, opened.event)
  const appended = await ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: [workspaceId],
    conversationId: opened.conversation.id,
    id: ctx.ids.short(),
    type: 'customer',
    content: message.content,
    contentKind: message.kind,
    sender: `customer:${opened.conversation.customerId}`,
    author: null,
    clientId: null,
    providerId: message.providerId,
    deliver: false,
  })
  ctx.feed.publish(workspaceId, appended.event)
  return appended.repeated ? 'repeated' : 'stored'
}
