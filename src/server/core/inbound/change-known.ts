import type { Message } from '../../contract/message.ts'
import type { Ctx } from '../context.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { ChangeDraft } from '../ports/journal.ts'
import type { ParsedEvent } from '../ports/platform.ts'

/** Longest that an event waits for the message that it speaks of. */
export const PARKED_MS = 10 * 60_000

/** What speaks of a message that may not have come yet. */
export type About = Extract<ParsedEvent, { kind: 'edit' | 'unsend' | 'reaction' | 'seen' }>

/** Changes the message that the event speaks of; where it is not there yet, the event waits for it. */
export async function changeKnown(
  ctx: Ctx,
  event: RawEvent,
  about: About,
): Promise<'changed' | 'unchanged' | 'parked'> {
  const { channelId, workspaceId } = event
  const place = { channelId, providerId: about.providerId }
  const found = await ctx.messages.findByProviderId(channelId, about.providerId)
  // What waits already comes first.
  if (!found || (await ctx.inbox.isParked(place))) {
    await ctx.inbox.park(event.id, place, PARKED_MS)
    return 'parked'
  }
  const appended = await ctx.journal.append(toDraft(workspaceId, found.message, about))
  ctx.feed.publish(workspaceId, appended.event)
  return appended.event ? 'changed' : 'unchanged'
}

function toDraft(workspaceId: number, { id, conversationId, seq }: Message, about: About): ChangeDraft {
  const place = { workspaceIds: [workspaceId], conversationId }
  const change = { ...place, messageId: id, deliver: false }
  switch (about.kind) {
    case 'edit':
      return { kind: 'edit', ...change, content: about.content, at: about.at ?? null }
    case 'unsend':
      return { kind: 'unsend', ...change }
    case 'reaction':
      return { kind: 'react', ...change, by: 'customer', emojis: about.emojis, at: about.at ?? null }
    case 'seen':
      return { kind: 'seen', ...place, upTo: seq }
  }
}
