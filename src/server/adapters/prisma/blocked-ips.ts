import type { BlockedIp, BlockedIps } from '../../core/ports/security.ts'
import type { Log } from '../../core/ports/system.ts'
import type { PrismaClient, BlockedIp as Row } from './generated/client.ts'

/** Hits are counted here and written together: one write a request would let whoever is kept out keep the database busy. */
const WRITE_HITS_MS = 1_000

/** The blacklist in PostgreSQL. */
export function createBlockedIps(prisma: PrismaClient, log: Log): BlockedIps & { close(): Promise<void> } {
  let hits = new Map<number, number>()
  let timer: NodeJS.Timeout | undefined
  const write = async () => {
    timer = undefined
    const counted = hits
    hits = new Map()
    for (const [id, increment] of counted)
      await prisma.blockedIp
        .updateMany({ where: { id }, data: { hits: { increment }, lastHitAt: new Date() } })
        .catch((err) => log.warn({ err }, 'A hit of the blacklist could not be counted'))
  }
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
      hits.set(id, (hits.get(id) ?? 0) + 1)
      timer ??= setTimeout(() => void write(), WRITE_HITS_MS)
    },
    async close() {
      clearTimeout(timer)
      await write()
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
