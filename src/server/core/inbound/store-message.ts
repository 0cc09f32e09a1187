import type { Hold } from '../../contract/spam.ts'
import type { Ctx } from '../context.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { AppendedMessage } from '../ports/journal.ts'
import type { InboundText } from '../ports/platform.ts'
import { MAX_RECENT } from '../security/spam/history.ts'
import { holdOf, judge, looksLikeSpam } from '../security/spam/hold.ts'

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
  const { conversationId, customerId, hold } =
    (await inMidst(ctx, event, message)) ?? (await open(ctx, event, message))
  const appended = await ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: [workspaceId],
    conversationId,
    id: ctx.ids.short(),
    type: 'customer',
    content: message.content,
    contentKind: message.kind,
    sender: `customer:${customerId}`,
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

interface Place {
  conversationId: string
  customerId: number
  hold: Hold | null
}

// Most messages belong to a conversation that is open: opening it once more, which finds that out under its locks, was the
// largest part of what an inbound message cost. Where somebody closes it meanwhile, storing reopens it or fails and is repeated.
async function inMidst(
  ctx: Ctx,
  { workspaceId, channelId }: RawEvent,
  message: InboundText,
): Promise<Place | null> {
  const { sourceId, content } = message
  const sender = await ctx.spam.sender({ workspaceId, channelId, sourceId }, MAX_RECENT)
  if (!sender || sender.lacks.some((name) => message[name])) return null
  return { ...sender, hold: judge(ctx, content, sender) }
}

async function open(ctx: Ctx, event: RawEvent, message: InboundText): Promise<Place> {
  const { conversation, event: opened } = await openFor(ctx, event, message)
  ctx.feed.publish(event.workspaceId, opened)
  const { id: conversationId, customerId } = conversation
  return { conversationId, customerId, hold: await holdOf(ctx, { customerId, text: message.content }) }
}

const openFor = (ctx: Ctx, { workspaceId, channelId, source }: RawEvent, message: InboundText) =>
  ctx.journal.append({
    kind: 'open',
    workspaceId,
    channelId,
    source,
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
