import type { BlockedIp, BlockedIps } from '../../core/ports/security.ts'
import type { Log } from '../../core/ports/system.ts'
import type { PrismaClient, BlockedIp as Row } from './generated/client.ts'

/** The blacklist in PostgreSQL. */
export function createBlockedIps(prisma: PrismaClient, log: Log): BlockedIps {
  return {
    async list(now, limit) {
      const where = { expiresAt: { gt: new Date(now) } }
      return (await prisma.blockedIp.findMany({ where, orderBy: { id: 'desc' }, take: limit })).map(toEntry)
    },
    async put({ network, expiresAt, ...entry }) {
      const data = { ...entry, expiresAt: new Date(expiresAt) }
      const where = { network }
      return toEntry(await prisma.blockedIp.upsert({ where, update: data, create: { network, ...data } }))
    },
    async remove(network) {
      return (await prisma.blockedIp.deleteMany({ where: { network } })).count > 0
    },
    hit(id) {
      const data = { hits: { increment: 1 }, lastHitAt: new Date() }
      prisma.blockedIp
        .updateMany({ where: { id }, data })
        .catch((err) => log.warn({ err }, 'A hit of the blacklist could not be counted'))
    },
  }
}

const toEntry = ({ id, network, reason, createdAt, expiresAt, hits }: Row): BlockedIp => ({
  id,
  network,
  reason,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  hits,
})
