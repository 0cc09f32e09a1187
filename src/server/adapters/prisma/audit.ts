import { type AuditEntry, AuditEntry as Entry, type ListAudit } from '../../contract/audit.ts'
import type { AuditLog } from '../../core/ports/audit.ts'
import { type AuditLog as AuditRow, Prisma, type PrismaClient } from './generated/client.ts'

type AuditFilter = Omit<ListAudit, 'scope'>

/** The audit log in PostgreSQL, where a trigger refuses to change or remove a line. */
export function createAudit(prisma: PrismaClient): AuditLog {
  return {
    async add({ actor, before, after, ...note }) {
      const named = { actorKind: actor.kind, actorId: actor.id, actorName: actor.name }
      await prisma.auditLog.create({
        data: { ...note, ...named, before: toJson(before), after: toJson(after) },
      })
    },
    async list(workspaceId, filter) {
      const rows = await prisma.auditLog.findMany({
        where: { workspaceId, ...whereOf(filter) },
        orderBy: { id: 'desc' },
        take: filter.limit,
      })
      return rows.map(toEntry)
    },
  }
}

const toJson = (value: Record<string, unknown> | null) =>
  value === null ? Prisma.DbNull : (value as Prisma.InputJsonObject)

const whereOf = ({
  action,
  actorKind,
  actorId,
  since,
  until,
  before,
}: AuditFilter): Prisma.AuditLogWhereInput => ({
  ...(action && { action }),
  ...(actorKind && { actorKind }),
  ...(actorId !== undefined && { actorId }),
  ...((since || until) && { createdAt: { ...(since && { gte: since }), ...(until && { lt: until }) } }),
  ...(before && { id: { lt: BigInt(before) } }),
})

const toEntry = (row: AuditRow): AuditEntry =>
  Entry.parse({
    id: String(row.id),
    at: row.createdAt.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    action: row.action,
    target: row.target,
    before: row.before,
    after: row.after,
    address: row.address,
  })
