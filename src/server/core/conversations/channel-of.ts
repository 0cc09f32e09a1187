import type { Source } from '../../contract/customer.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import type { Conversations } from '../ports/conversations.ts'

/** Where a conversation goes; neither ever changes. */
interface Place {
  workspaceId: number
  source: Source
  channelId: number | null
}

/** Most conversations whose place is remembered; the longest known is forgotten first. */
const MAX_KNOWN = 10_000
const known = new WeakMap<Conversations, Map<string, Place>>()

/** The channel of a conversation of the member's, at the price of one read for all messages in it; null where there is none. */
export async function channelOf(ctx: MemberCtx, conversationId: string): Promise<Place | null> {
  const places = known.get(ctx.conversations) ?? new Map<string, Place>()
  known.set(ctx.conversations, places)
  const place = places.get(conversationId) ?? (await read(ctx, conversationId, places))
  return place && workspaceIds(ctx).includes(place.workspaceId) ? place : null
}

async function read(ctx: MemberCtx, id: string, places: Map<string, Place>): Promise<Place | null> {
  const found = await ctx.conversations.find(workspaceIds(ctx), id)
  if (!found) return null
  const { workspaceId, source, channelId } = found
  const oldest = places.keys().next()
  if (places.size >= MAX_KNOWN && !oldest.done) places.delete(oldest.value)
  const place = { workspaceId, source, channelId }
  places.set(id, place)
  return place
}
