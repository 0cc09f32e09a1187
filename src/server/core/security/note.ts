import type { MemberCtx } from '../context.ts'
import type { SecurityKind } from '../ports/security.ts'

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
