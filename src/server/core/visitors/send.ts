import type { VisitorCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireContent } from '../messages/outgoing.ts'
import type { AppendedMessage } from '../ports/journal.ts'
import { holdOf, looksLikeSpam } from '../security/spam/hold.ts'
import { takeVisitorMessage } from './limits.ts'

interface Saying {
  clientId: string
  content: string
}

/** Told when a visitor's conversation begins, so that their other windows follow it. */
export const visitorTopic = (workspaceId: number) => `visitors:${workspaceId}`

export interface VisitorMet {
  channelId: number
  sourceId: string
  conversationId: string
  customerId: number
}

/**
 * Stores what a visitor says; their conversation begins with the first message. What looks like spam is stored too, and
 * held: they see no refusal. A repeated `clientId` answers the stored message. Errors: invalid_input, rate_limited,
 * not_found (the website is gone).
 */
export async function sendAsVisitor(
  ctx: VisitorCtx,
  { clientId, content: given }: Saying,
): Promise<AppendedMessage> {
  const content = requireContent(given)
  await takeVisitorMessage(ctx)
  await requireWebsite(ctx)
  const { conversationId, customerId } = await meet(ctx, content)
  const { workspaceId } = ctx.actor
  const hold = await holdOf(ctx, { customerId, text: content })
  const appended = await ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: [workspaceId],
    conversationId,
    id: ctx.ids.short(),
    type: 'customer',
    content,
    contentKind: 'text',
    sender: `customer:${customerId}`,
    author: null,
    clientId,
    providerId: null,
    deliver: false,
    ...(hold && { hold }),
  })
  ctx.feed.publish(workspaceId, appended.event)
  if (hold && !appended.repeated) {
    const detail = { message: appended.message.id, conversation: conversationId, score: hold.score }
    const reasons = hold.reasons.map(({ code }) => code)
    ctx.security.note({
      kind: 'spam_held',
      workspaceId,
      userId: null,
      address: ctx.actor.address,
      detail: { ...detail, reasons },
    })
  }
  return appended
}

async function requireWebsite(ctx: VisitorCtx): Promise<void> {
  const channel = await ctx.channels.findById(ctx.actor.channelId)
  if (channel?.source !== 'website') throw new DomainError('not_found', 'This website is gone')
}

/** The visitor's conversation, made where there is none. */
async function meet(ctx: VisitorCtx, content: string): Promise<VisitorMet> {
  const { workspaceId, channelId, sourceId, name } = ctx.actor
  const { conversation, event } = await ctx.journal.append({
    kind: 'open',
    workspaceId,
    channelId,
    source: 'website',
    sourceId,
    conversationId: ctx.ids.short(),
    firstName: name,
    lastName: null,
    username: null,
    isHidden: looksLikeSpam(ctx, content),
  })
  ctx.feed.publish(workspaceId, event)
  const met = { channelId, sourceId, conversationId: conversation.id, customerId: conversation.customerId }
  if (conversation.lastSeq === 0) {
    ctx.bus.publish(visitorTopic(workspaceId), met satisfies VisitorMet)
    await introduce(ctx, conversation.customerId)
  }
  return met
}

/** What the site said of them is kept with them. */
async function introduce(ctx: VisitorCtx, customerId: number): Promise<void> {
  const { workspaceId, email } = ctx.actor
  if (!email) return
  const { event } = await ctx.journal.amend({
    kind: 'customer',
    workspaceIds: [workspaceId],
    customerId,
    fields: { email },
    tagIds: null,
  })
  ctx.feed.publish(workspaceId, event)
}
