import type { VisitorCtx } from '../context.ts'
import { DomainError } from '../errors.ts'

/** Told when a visitor's conversation begins, so that their other windows follow it. */
export const visitorTopic = (workspaceId: number) => `visitors:${workspaceId}`

export interface VisitorMet {
  channelId: number
  sourceId: string
  conversationId: string
  customerId: number
}

/** The visitor's conversation, made where there is none; hidden until something is said. Errors: not_found (no website). */
export async function meetVisitor(ctx: VisitorCtx, { isHidden }: { isHidden: boolean }): Promise<VisitorMet> {
  const { workspaceId, channelId, sourceId, name } = ctx.actor
  const channel = await ctx.channels.findById(channelId)
  if (channel?.source !== 'website') throw new DomainError('not_found', 'This website is gone')
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
    isHidden,
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
