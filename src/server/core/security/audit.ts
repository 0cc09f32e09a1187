import type { AuditAction, AuditActor } from '../../contract/audit.ts'
import type { Member } from '../context.ts'
import type { Ports } from '../ports.ts'

type AuditCtx = Pick<Ports, 'audit'> & { actor: Member }

interface Deed {
  action: AuditAction
  /** "user:7", "channel:3". */
  target: string
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  /** The workspace it happened in, by default the one the member works in; null: the instance. */
  workspaceId?: number | null
}

/** Writes down what a member did, once it is done. Never put a secret, or what a customer wrote, into `before` or `after`. */
export const audit = (ctx: AuditCtx, { action, target, before, after, workspaceId }: Deed): Promise<void> =>
  ctx.audit.add({
    workspaceId: workspaceId === undefined ? ctx.actor.workspaceId : workspaceId,
    actor: actorOf(ctx.actor),
    action,
    target,
    before: before ?? null,
    after: after ?? null,
    address: ctx.actor.address ?? '',
  })

/** Writes down what happened by itself, as somebody had decided. */
export const auditSystem = (
  ctx: Pick<Ports, 'audit'>,
  { action, target, before, after, workspaceId = null }: Deed,
): Promise<void> =>
  ctx.audit.add({
    workspaceId,
    actor: { kind: 'system', id: null, name: 'Peyk' },
    action,
    target,
    before: before ?? null,
    after: after ?? null,
    address: '',
  })

function actorOf({ key, userId, name, isCommandLine }: Member): AuditActor {
  if (isCommandLine) return { kind: 'cli', id: null, name }
  return key ? { kind: 'key', id: key.id, name } : { kind: 'member', id: userId, name }
}
