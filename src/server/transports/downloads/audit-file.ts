import { type AuditEntry, ListAudit } from '../../contract/audit.ts'
import type { MemberCtx } from '../../core/context.ts'
import { DomainError } from '../../core/errors.ts'
import { downloadAudit } from '../../core/security/list-audit.ts'
import { toCsv } from '../csv-text.ts'
import { fileHeaders } from '../export-text.ts'

const COLUMNS = ['at', 'actor', 'name', 'action', 'target', 'before', 'after', 'address']

/** The audit log as a filter shows it, newest first, for a spreadsheet. */
export function auditFile(ctx: MemberCtx, query: URLSearchParams) {
  const { actorId, ...named } = Object.fromEntries(query)
  const filter = ListAudit.safeParse({ ...named, ...(actorId && { actorId: Number(actorId) }) })
  if (!filter.success) throw new DomainError('invalid_input', 'This filter is not understood')
  const text = toCsv(rowsOf(downloadAudit(ctx, filter.data)), COLUMNS)
  return { headers: fileHeaders('audit-log.csv', 'text/csv; charset=utf-8'), text }
}

async function* rowsOf(pages: AsyncIterable<AuditEntry[]>) {
  for await (const page of pages) yield* page.map(toRow)
}

const toRow = ({ at, actor, action, target, before, after, address }: AuditEntry) => ({
  at,
  actor: actor.id === null ? actor.kind : `${actor.kind}:${actor.id}`,
  name: actor.name,
  action,
  target,
  before: before && JSON.stringify(before),
  after: after && JSON.stringify(after),
  address,
})
