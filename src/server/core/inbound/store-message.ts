import type { Hold } from '../../contract/spam.ts'
import type { Ctx } from '../context.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { InboundText } from '../ports/platform.ts'
import { MAX_RECENT } from '../security/spam/history.ts'
import { holdOf, judge, looksLikeSpam } from '../security/spam/hold.ts'
import { noteHeld } from '../security/spam/note-held.ts'
import { openFor } from './open-for.ts'
import { richPartsOf } from './rich-parts.ts'

/**
 * Makes a customer's message of an event. Running it twice stores it once. What looks like spam is stored all the same, and
 * held: a platform's sender sees no refusal.
 */
export async function storeMessage(
  ctx: Ctx,
  event: RawEvent,
  message: InboundText,
): Promise<'stored' | 'held' | 'repeated'> {
  const { workspaceId, channelId } = event
  if (await isKnown(ctx, channelId, message)) return 'repeated'
  const { conversationId, customerId, hold } =
    (await inMidst(ctx, event, message)) ?? (await open(ctx, event, message))
  const sender = `customer:${customerId}`
  const parts = await richPartsOf(ctx, message, { workspaceId, channelId, conversationId, sender })
  const appended = await ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: [workspaceId],
    conversationId,
    id: ctx.ids.short(),
    type: 'customer',
    content: message.content,
    contentKind: message.kind,
    sender,
    author: null,
    clientId: null,
    providerId: message.providerId,
    deliver: false,
    ...parts,
    ...(hold && { hold }),
  })
  ctx.feed.publish(workspaceId, appended.event)
  if (appended.repeated) return 'repeated'
  if (hold) noteHeld(ctx, appended, { hold, address: '' })
  return hold ? 'held' : 'stored'
}

/** Storing finds that out by itself; only files are not to be noted twice. */
const isKnown = async (ctx: Ctx, channelId: number, { media, providerId }: InboundText): Promise<boolean> =>
  media !== undefined && (await ctx.messages.findByProviderId(channelId, providerId)) !== null

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
  const isHidden = looksLikeSpam(ctx, message.content)
  const { conversation, event: opened } = await openFor(ctx, event, { message, isHidden })
  ctx.feed.publish(event.workspaceId, opened)
  const { id: conversationId, customerId } = conversation
  return { conversationId, customerId, hold: await holdOf(ctx, { customerId, text: message.content }) }
}
