import { ReportHours } from '../../../contract/security.ts'
import { type MemberCtx, workspaceIds } from '../../context.ts'
import { DomainError } from '../../errors.ts'
import type { EventScope } from '../../ports/reports.ts'
import { canManageInstance, canSeeSecurity } from '../can.ts'

const HOUR_MS = 3_600_000

/** The workspaces whose security figures this member may see. */
export const watchedWorkspaces = ({ actor }: MemberCtx): number[] =>
  actor.workspaces.map(({ id }) => id).filter((id) => canSeeSecurity(actor, id))

/** Whose events the figures of this member count: the instance's, or their workspaces' and their own. */
export const scopeOf = (ctx: MemberCtx): EventScope =>
  canManageInstance(ctx.actor)
    ? 'instance'
    : { workspaceIds: watchedWorkspaces(ctx), userId: ctx.actor.userId }

/**
 * The workspaces in which this member may see a person's figures: all of one's own, and of others those they watch over.
 * Throws not_found where there is none, as of somebody who does not exist.
 */
export async function sharedWorkspaces(ctx: MemberCtx, userId: number): Promise<number[]> {
  const { actor } = ctx
  if (userId === actor.userId && !actor.key) return workspaceIds(ctx)
  const watched = actor.key ? [] : watchedWorkspaces(ctx)
  const peopled = await Promise.all(
    watched.map(async (id) => ({ id, members: await ctx.accounts.members(id) })),
  )
  const shared = peopled.filter(({ members }) => members.some((member) => member.userId === userId))
  if (shared.length === 0) throw new DomainError('not_found', 'User not found')
  return shared.map(({ id }) => id)
}

/** When a report's period begins. Throws invalid_input. */
export function sinceOf(ctx: MemberCtx, hours: number): number {
  const parsed = ReportHours.safeParse(hours)
  if (!parsed.success)
    throw new DomainError('invalid_input', parsed.error.issues[0]?.message ?? 'Invalid hours')
  return ctx.clock.now() - parsed.data * HOUR_MS
}
