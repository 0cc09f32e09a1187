import type { SecurityKind } from '../../contract/security.ts'
import type { MemberCtx } from '../context.ts'
import type { SecurityNote } from '../ports/security.ts'
import type { Ports } from '../ports.ts'

/** Notes what a member ran into. Nothing waits for it. */
export const noteSecurity = (
  ctx: MemberCtx,
  kind: SecurityKind,
  detail: Record<string, unknown> = {},
): void =>
  ctx.security.note({
    kind,
    workspaceId: ctx.actor.workspaceId,
    userId: ctx.actor.userId,
    address: ctx.actor.address ?? '',
    detail,
  })

/** Notes what happened at a door where nobody is known to be a member of anything yet. */
export const noteAtDoor = (
  { security }: Pick<Ports, 'security'>,
  note: Pick<SecurityNote, 'kind' | 'address'> & Partial<SecurityNote>,
): void => security.note({ workspaceId: null, userId: null, detail: {}, ...note })
