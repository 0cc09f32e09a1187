import type { LiveSession, SignIns, Standing } from '../../core/ports/sign-ins.ts'
import type { Prisma, PrismaClient, Session } from './generated/client.ts'
import { UUID } from './uuid.ts'

/** Sessions shown of one person: those seen last. */
const MAX_SESSIONS = 200

/** Where people are signed in, in PostgreSQL. */
export function createSignIns(prisma: PrismaClient): SignIns {
  return {
    async sessionsOf(userId) {
      const where = { userId, ...live() }
      const orderBy = [{ lastSeenAt: 'desc' as const }, { createdAt: 'desc' as const }]
      return (await prisma.session.findMany({ where, orderBy, take: MAX_SESSIONS })).map(toLiveSession)
    },
    async revokeOwn(userId, id) {
      if (!UUID.test(id)) return null
      const where = { id, userId, ...live() }
      const [ended] = await prisma.session.updateManyAndReturn({ where, data: { revokedAt: new Date() } })
      return ended ? toLiveSession(ended) : null
    },
    revokeAll: (userId, keep) => revokeSessions(prisma, userId, keep),
    async touchSessions(sessionIds, graceMs) {
      const ids = sessionIds.filter((id) => UUID.test(id))
      const lastSeenAt = { lt: new Date(Date.now() - graceMs) }
      await prisma.session.updateMany({
        where: { id: { in: ids }, lastSeenAt, ...live() },
        data: { lastSeenAt: new Date() },
      })
    },
    async standings(sessionIds) {
      const rows = await prisma.session.findMany({
        where: { id: { in: sessionIds.filter((id) => UUID.test(id)) }, ...live() },
        select: {
          id: true,
          user: { select: { memberships: { select: { workspaceId: true, role: true } } } },
        },
      })
      return new Map<string, Standing[]>(rows.map(({ id, user }) => [id, user.memberships]))
    },
  }
}

/** Ends a person's live sessions but one, also within a transaction; answers which ended. */
export async function revokeSessions(
  db: PrismaClient | Prisma.TransactionClient,
  userId: number,
  keep: string | null,
): Promise<string[]> {
  const ended = await db.session.updateManyAndReturn({
    where: { userId, ...live(), ...(keep !== null && UUID.test(keep) && { id: { not: keep } }) },
    data: { revokedAt: new Date() },
    select: { id: true },
  })
  return ended.map(({ id }) => id)
}

const live = () => ({ revokedAt: null, expiresAt: { gt: new Date() } })

const toLiveSession = ({ id, kind, createdAt, lastSeenAt, userAgent, address }: Session): LiveSession => ({
  ...{ id, kind, userAgent, address },
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
})
