import { type AuditEntry, type AuditPage, type ListAudit, MAX_AUDIT_PAGE } from '../../contract/audit.ts'
import type { Member, MemberCtx } from '../context.ts'
import { canManageInstance, canSeeAudit, requireRight } from './can.ts'

/** Entries of one download; who wants more narrows the time. */
const MAX_DOWNLOAD = 50_000

/** A page of the workspace's audit log or of the instance's, newest first. Errors: forbidden. */
export async function listAudit(ctx: MemberCtx, input: ListAudit): Promise<AuditPage> {
  requireAudit(ctx, input)
  return readPage(ctx, input)
}

/** The same without end, a page at a time. Errors: forbidden. */
export function downloadAudit(ctx: MemberCtx, input: ListAudit): AsyncGenerator<AuditEntry[]> {
  requireAudit(ctx, input)
  return pagesOf(ctx, { ...input, limit: MAX_AUDIT_PAGE })
}

function requireAudit(ctx: MemberCtx, { scope }: ListAudit): void {
  if (scope === 'workspace') requireRight(ctx, canSeeAudit, 'Only owners and admins read the audit log')
  else requireRight(ctx, canManageInstance, 'Only whoever runs the instance reads its audit log')
}

async function readPage(ctx: MemberCtx, input: ListAudit): Promise<AuditPage> {
  const workspaceId = input.scope === 'instance' ? null : ctx.actor.workspaceId
  const found = await ctx.audit.list(workspaceId, { ...input, limit: input.limit + 1 })
  const entries = found.slice(0, input.limit).map((entry) => asSeenBy(ctx.actor, entry))
  return { entries, next: found.length > input.limit ? (entries.at(-1)?.id ?? null) : null }
}

async function* pagesOf(ctx: MemberCtx, input: ListAudit): AsyncGenerator<AuditEntry[]> {
  let before = input.before
  for (let count = 0; count < MAX_DOWNLOAD; ) {
    const { entries, next } = await readPage(ctx, { ...input, ...(before && { before }) })
    yield entries
    if (next === null) return
    before = next
    count += entries.length
  }
}

/** An address is told to whoever runs the instance, and to those whose own it was. */
const asSeenBy = (actor: Member, entry: AuditEntry): AuditEntry =>
  canManageInstance(actor) || (entry.actor.kind === 'member' && entry.actor.id === actor.userId)
    ? entry
    : { ...entry, address: '' }
