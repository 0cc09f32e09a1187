import type { ChangeProfile } from '../../contract/account.ts'
import { removeWebhook } from '../channels/remove-webhook.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { UserRow } from '../ports/accounts.ts'
import { tellSessionEnd } from './session-end.ts'

/** The person who asks. */
export async function getProfile(ctx: MemberCtx): Promise<UserRow> {
  const user = await ctx.accounts.findById(ctx.actor.userId)
  if (!user) throw new DomainError('unauthenticated', 'Sign in to continue')
  return user
}

/** Changes what the person named of themselves. `default_reply_handler` is also their workspace's: AI lets the bot answer. */
export async function changeProfile(ctx: MemberCtx, input: ChangeProfile): Promise<UserRow> {
  const user = await ctx.accounts.changeProfile(ctx.actor.userId, {
    firstName: input.first_name?.trim(),
    lastName: input.last_name?.trim(),
    defaultReplyHandler: input.default_reply_handler,
  })
  if (!user) throw new DomainError('unauthenticated', 'Sign in to continue')
  return user
}

/** Deletes the person's account and everything that hangs on it alone; their sockets close. Errors: conflict. */
export async function deleteAccount(ctx: MemberCtx): Promise<void> {
  const { userId } = ctx.actor
  const own = ctx.actor.workspaces.filter(({ role }) => role === 'owner').map(({ id }) => id)
  const channels = await Promise.all(
    (await ctx.channels.list(own)).map(({ id }) => ctx.channels.findById(id)),
  )
  const { workspaceIds, sessionIds } = await ctx.accounts.remove(userId)
  for (const sessionId of sessionIds) tellSessionEnd(ctx.bus, sessionId)
  for (const channel of channels)
    if (channel && workspaceIds.includes(channel.workspaceId))
      await removeWebhook(ctx, channel, 'a deleted account')
}
