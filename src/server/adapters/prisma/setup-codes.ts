import type { SetupCodes } from '../../core/ports/setup.ts'
import type { PrismaClient } from './generated/client.ts'

/** Setup codes that are kept at once: a server that starts over and over must not fill the table. */
const MAX_CODES = 100

/** Setup codes in PostgreSQL: each node may have printed its own, and all are good at every node. */
export function createSetupCodes(prisma: PrismaClient): SetupCodes {
  return {
    async add(digest, expiresAt) {
      await prisma.setupCode.create({ data: { digest, expiresAt: new Date(expiresAt) } })
      const old = await prisma.setupCode.findMany({
        orderBy: { createdAt: 'desc' },
        skip: MAX_CODES,
        select: { digest: true },
      })
      await prisma.setupCode.deleteMany({ where: { digest: { in: old.map((code) => code.digest) } } })
    },
    async isDone() {
      return (
        (await prisma.user.findFirst({ where: { isInstanceAdmin: true }, select: { id: true } })) !== null
      )
    },
  }
}
