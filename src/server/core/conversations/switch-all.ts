import { type MemberCtx, workspaceIds } from '../context.ts'
import { setStatus } from './set-status.ts'

/** Conversations changed together; the log writes them in one group. */
const GROUP = 500

/** Hands all open conversations to the bot, or back to people; answers how many changed hands. */
export async function switchAll(ctx: MemberCtx, input: { toBot: boolean }): Promise<number> {
  const from = input.toBot ? 'support_active' : 'active'
  const status = input.toBot ? 'active' : 'support_active'
  for (let changed = 0; ; ) {
    const ids = await ctx.conversations.idsOf(workspaceIds(ctx), from, GROUP)
    await Promise.all(ids.map((conversationId) => setStatus(ctx, { conversationId, status })))
    changed += ids.length
    if (ids.length < GROUP) return changed
  }
}
