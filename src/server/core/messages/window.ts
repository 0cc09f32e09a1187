import { CAPABILITIES } from '../../contract/capabilities.ts'
import type { MessageExtras, MessageType } from '../../contract/message.ts'
import { passageOf, windowAt } from '../../contract/window.ts'
import type { WindowFacts } from '../../contract/window-facts.ts'
import type { MemberCtx } from '../context.ts'
import { channelOf } from '../conversations/channel-of.ts'
import { requireConversation } from '../conversations/get.ts'
import { DomainError } from '../errors.ts'
import { senderOf } from '../files/upload.ts'

/** Said to whoever writes too late. */
export const WINDOW_CLOSED =
  'Instagram lets nobody write to this customer now: their last message is too long ago. They have to write first.'
const ONLY_PEOPLE =
  'More than 24 hours after the customer’s last message Instagram lets only people answer, not programs and advertisements.'

/** What the window of a conversation is made of; null where its platform has none. Errors: not_found. */
export async function getWindow(
  ctx: MemberCtx,
  { conversationId }: { conversationId: string },
): Promise<WindowFacts | null> {
  await requireConversation(ctx, conversationId)
  return windowFacts(ctx, conversationId)
}

/** The same; null of what is not the member's, too. */
async function windowFacts(ctx: MemberCtx, conversationId: string): Promise<WindowFacts | null> {
  const place = await channelOf(ctx, conversationId)
  if (!place || CAPABILITIES[place.source].window === null) return null
  const channel = place.channelId === null ? null : await ctx.channels.findById(place.channelId)
  // Without a channel nothing can go at all, and its delivery says so.
  if (!channel) return null
  const { isHumanAgentOn = false } = channel
  return { lastCustomerAt: await ctx.messages.lastCustomerAt(conversationId), isHumanAgentOn }
}

/**
 * What a message must carry to be let through now. Decided once more when it is handed over. Errors: window_closed, with a
 * sentence for people.
 */
export async function requirePassage(
  ctx: MemberCtx,
  { conversationId, type, clientId }: { conversationId: string; type: MessageType; clientId: string | null },
): Promise<Pick<MessageExtras, 'isHumanAgent'>> {
  const facts = await windowFacts(ctx, conversationId)
  if (!facts) return {}
  const window = windowAt(CAPABILITIES.instagram.window, facts, ctx.clock.now())
  // What a program writes is not a person's answer, whoever made its key.
  const passage = passageOf(window, { type, isPerson: ctx.actor.key === undefined })
  if (passage === 'plain') return {}
  if (passage === 'human') return { isHumanAgent: true }
  // Said once more, it is answered with what was stored in time.
  if (clientId !== null && (await ctx.messages.isStored(conversationId, senderOf(ctx.actor), clientId)))
    return {}
  throw new DomainError('window_closed', window.kind === 'human' ? ONLY_PEOPLE : WINDOW_CLOSED)
}
