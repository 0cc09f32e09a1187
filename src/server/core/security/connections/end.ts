import { EndConnection } from '../../../contract/connection.ts'
import { endSession } from '../../accounts/tokens.ts'
import type { MemberCtx } from '../../context.ts'
import { DomainError } from '../../errors.ts'
import type { StoredConnection } from '../../ports/connections.ts'
import { audit } from '../audit.ts'
import { canManageInstance, canManageMembers, canManageOwners } from '../can.ts'
import { watchedWorkspaces } from '../reports/scope.ts'
import { tellConnectionEnd } from './end-hint.ts'

/**
 * Ends an open socket, on whatever node it is; its client may come back at once, unless the sign-in that it lives on is
 * ended too. Errors: not_found (none in a workspace that one watches over), forbidden (an owner's sign-in).
 */
export async function endConnection(ctx: MemberCtx, input: EndConnection): Promise<void> {
  const { connectionId, signOut } = EndConnection.parse(input)
  const found = await ctx.connections.find(connectionId)
  const workspaceId = found ? workspaceOf(ctx, found) : undefined
  if (!found || workspaceId === undefined) throw notFound()
  if (signOut) await signOutOf(ctx, found, workspaceId)
  else if (await ctx.connections.askEnd(connectionId)) tellConnectionEnd(ctx.bus, connectionId)
  else throw notFound()
  const { kind, userName } = found
  await audit(ctx, {
    action: 'connection.ended',
    target: `user:${found.userId}`,
    before: { connection: connectionId, kind, name: userName },
    after: { signedOut: signOut },
    workspaceId,
  })
}

const notFound = () => new DomainError('not_found', 'Connection not found')

/** The workspace in whose name the connection is ended; undefined where the member watches over none of its. */
function workspaceOf(ctx: MemberCtx, { workspaceIds }: StoredConnection): number | null | undefined {
  const watched = ctx.actor.key ? [] : watchedWorkspaces(ctx)
  const shared = workspaceIds.find((id) => watched.includes(id))
  return shared ?? (canManageInstance(ctx.actor) ? null : undefined)
}

/** With the sign-in end all of its sockets, this one too. */
async function signOutOf(
  ctx: MemberCtx,
  { userId, sessionId }: StoredConnection,
  workspaceId: number | null,
): Promise<void> {
  await requireMaySignOut(ctx, userId, workspaceId)
  await endSession(ctx, sessionId)
}

/** Whoever may hand out somebody's password may sign them out; an owner only by an owner. */
async function requireMaySignOut(ctx: MemberCtx, userId: number, workspaceId: number | null): Promise<void> {
  const { actor } = ctx
  if (canManageInstance(actor) || userId === actor.userId || workspaceId === null) return
  const target = (await ctx.accounts.members(workspaceId)).find((member) => member.userId === userId)
  const may =
    target?.role === 'owner' ? canManageOwners(actor, workspaceId) : canManageMembers(actor, workspaceId)
  if (!target || !may) throw new DomainError('forbidden', 'Only an owner signs out an owner')
}
