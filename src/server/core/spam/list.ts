import { type ListSpam, MAX_SETTLED, type SpamCount, type SpamPage } from '../../contract/spam.ts'
import type { MemberCtx } from '../context.ts'
import { requireConversation } from '../conversations/get.ts'

/** A page of the messages that are held in the member's workspace, newest first. */
export async function listSpam(ctx: MemberCtx, input: ListSpam): Promise<SpamPage> {
  const { rows, hasMore } = await ctx.spam.list(ctx.actor.workspaceId, input)
  return { messages: rows, hasMore }
}

/** How many messages are held in the member's workspace. */
export const countSpam = async (ctx: MemberCtx): Promise<SpamCount> => ({
  count: await ctx.spam.count(ctx.actor.workspaceId),
})

/** The seqs of a thread at which messages are held, the newest of them. Errors: not_found. */
export async function spamPlaces(ctx: MemberCtx, input: { conversationId: string }): Promise<number[]> {
  await requireConversation(ctx, input.conversationId)
  return ctx.spam.places(input.conversationId, MAX_SETTLED)
}
