import type { Message } from '../../contract/message.ts'
import { MAX_WIDGET_PAGE, MAX_WIDGET_REPLAY } from '../../contract/widget.ts'
import type { VisitorCtx } from '../context.ts'
import type { VisitorThread } from '../ports/visitors.ts'
import { publishSignal } from '../presence/signals.ts'

/** Where the visitor's own conversation stands; null while they have said nothing. */
export const findOwnThread = ({ visitors, actor }: VisitorCtx): Promise<VisitorThread | null> =>
  visitors.find(actor)

/** A page of the visitor's own conversation, ascending. What is held is not in it. */
export async function visitorHistory(
  ctx: VisitorCtx,
  before: number | null,
): Promise<{ messages: Message[]; hasOlder: boolean }> {
  const thread = await findOwnThread(ctx)
  if (!thread?.conversationId) return { messages: [], hasOlder: false }
  const found = await ctx.messages.page(thread.conversationId, {
    ...(before !== null && { before }),
    limit: MAX_WIDGET_PAGE + 1,
  })
  return { messages: found.slice(-MAX_WIDGET_PAGE), hasOlder: found.length > MAX_WIDGET_PAGE }
}

/** What came after a seq, ascending; null where that is too much to tell. */
export async function visitorMissed(ctx: VisitorCtx, after: number): Promise<Message[] | null> {
  const thread = await findOwnThread(ctx)
  if (!thread?.conversationId) return []
  const found = await ctx.messages.page(thread.conversationId, { after, limit: MAX_WIDGET_REPLAY + 1 })
  return found.length > MAX_WIDGET_REPLAY ? null : found
}

/** Tells those who answer that the visitor types, or stopped. Nothing is stored, and nothing told before there is a conversation. */
export async function setVisitorTyping(
  ctx: VisitorCtx,
  input: { isTyping: boolean; connectionId: string },
): Promise<void> {
  const thread = await findOwnThread(ctx)
  if (!thread?.conversationId) return
  publishSignal(ctx.bus, ctx.actor.workspaceId, {
    type: 'typing',
    who: 'customer',
    id: thread.customerId,
    name: thread.name ?? '',
    conversationId: thread.conversationId,
    ...input,
  })
}
