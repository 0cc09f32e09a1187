import type { Ctx } from '../context.ts'
import { settleByEcho } from '../delivery/settle-by-echo.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { ParsedEvent } from '../ports/platform.ts'
import { openFor } from './open-for.ts'
import { richPartsOf } from './rich-parts.ts'

type Echo = Extract<ParsedEvent, { kind: 'echo' }>

/** Our side's messages have no author where they were written in the platform's own app. */
const IN_THE_APP = 'app'

/**
 * A message of our own side, told by the platform. What we handed over is known, or is known by this; anything else somebody
 * wrote in the platform's own app. Running it twice stores it once.
 */
export async function storeEcho(
  ctx: Ctx,
  event: RawEvent,
  { message, isOurs }: Echo,
): Promise<'stored' | 'repeated' | 'echoed'> {
  const { workspaceId, channelId } = event
  const { content, providerId } = message
  if (await ctx.messages.findByProviderId(channelId, providerId)) return 'repeated'
  const { conversation, event: opened } = await openFor(ctx, event, { message, isHidden: false })
  ctx.feed.publish(workspaceId, opened)
  const place = { workspaceId, conversationId: conversation.id }
  const hasFile = (message.media?.length ?? 0) > 0
  if (isOurs !== false && (await settleByEcho(ctx, { ...place, providerId, content, hasFile })))
    return 'echoed'
  const parts = await richPartsOf(ctx, message, { ...place, channelId, sender: IN_THE_APP })
  const appended = await ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: [workspaceId],
    conversationId: conversation.id,
    id: ctx.ids.short(),
    type: 'support',
    content,
    contentKind: message.kind,
    sender: IN_THE_APP,
    author: null,
    clientId: null,
    providerId,
    deliver: false,
    ...parts,
    extras: { ...parts.extras, ...(event.source === 'instagram' && { via: 'instagram_app' as const }) },
  })
  ctx.feed.publish(workspaceId, appended.event)
  return appended.repeated ? 'repeated' : 'stored'
}
