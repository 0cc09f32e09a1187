import type { Locale, Me, Member as WorkspaceMember } from '../../contract/account.ts'
import { displayName } from '../../contract/display-name.ts'
import type { Member } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Ports } from '../ports.ts'

type PeopleCtx = Pick<Ports, 'accounts' | 'presence'> & { actor: Member }

/** The person who asks and the workspace they work in. */
export async function getMe(ctx: PeopleCtx): Promise<Me> {
  const { userId, workspaceId, workspaces } = ctx.actor
  const user = await ctx.accounts.findById(userId)
  const workspace = workspaces.find(({ id }) => id === workspaceId)
  if (!user || !workspace) throw new DomainError('unauthenticated', 'Sign in to continue')
  const { email, username, locale, isInstanceAdmin } = user
  const name = displayName(user)
  return { userId, name, email, username, locale, workspace, workspaces, isInstanceAdmin }
}

/** The people of the workspace, and who of them has the console open. */
export async function listMembers(ctx: PeopleCtx): Promise<WorkspaceMember[]> {
  const { workspaceId } = ctx.actor
  const [members, here] = await Promise.all([
    ctx.accounts.members(workspaceId),
    ctx.presence.who(`console:${workspaceId}`),
  ])
  const online = new Set(here)
  return members.map((member) => ({ ...member, isOnline: online.has(member.userId) }))
}

/** Chooses the person's language. */
export async function setLocale(ctx: PeopleCtx, { locale }: { locale: Locale }): Promise<{ locale: Locale }> {
  await ctx.accounts.setLocale(ctx.actor.userId, locale)
  return { locale }
}
