import type { Ctx } from '../context.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { InboundText } from '../ports/platform.ts'

/** The conversation of the person that an event is about, made where there is none. */
export const openFor = (
  ctx: Ctx,
  { workspaceId, channelId, source }: RawEvent,
  { message, isHidden }: { message: InboundText; isHidden: boolean },
) =>
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
    isHidden,
  })
