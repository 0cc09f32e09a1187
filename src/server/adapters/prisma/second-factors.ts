import type { SecondFactors } from '../../core/ports/two-factor.ts'
import type { PrismaClient } from './generated/client.ts'

interface Cipher {
  seal(text: string): string
  open(sealed: string): string
}

/** Second factors in PostgreSQL; the secrets lie there sealed. Each condition in an update is the lock of what it spends. */
export function createSecondFactors(prisma: PrismaClient, cipher: Cipher): SecondFactors {
  return {
    async find(userId) {
      const row = await prisma.secondFactor.findUnique({
        where: { userId },
        include: { _count: { select: { recoveryCodes: true } } },
      })
      if (!row) return null
      const { confirmedAt, _count: count } = row
      const secret = cipher.open(row.secret)
      return { userId, secret, isConfirmed: confirmedAt !== null, recoveryLeft: count.recoveryCodes }
    },
    begin: (userId, secret) =>
      prisma.$transaction(async (tx) => {
        await tx.secondFactor.deleteMany({ where: { userId, confirmedAt: null } })
        const data = [{ userId, secret: cipher.seal(secret) }]
        return (await tx.secondFactor.createMany({ data, skipDuplicates: true })).count > 0
      }),
    confirm: (userId, { secret, step: lastStep, recovery }) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.secondFactor.findUnique({ where: { userId } })
        if (!row || cipher.open(row.secret) !== secret) return false
        const { count } = await tx.secondFactor.updateMany({
          where: { userId, confirmedAt: null, secret: row.secret },
          data: { confirmedAt: new Date(), lastStep },
        })
        if (count > 0) await tx.recoveryCode.createMany({ data: toRows(userId, recovery) })
        return count > 0
      }),
    async spendStep(userId, step) {
      const where = { userId, confirmedAt: { not: null }, lastStep: { lt: step } }
      return (await prisma.secondFactor.updateMany({ where, data: { lastStep: step } })).count > 0
    },
    async spendRecovery(userId, digest) {
      return (await prisma.recoveryCode.deleteMany({ where: { userId, digest } })).count > 0
    },
    replaceRecovery: (userId, digests) =>
      prisma.$transaction(async (tx) => {
        // The factor's row is the lock: of two renewals at once one set of codes stays, not both.
        const [factor] = await tx.$queryRaw<unknown[]>`
          SELECT 1 FROM second_factor WHERE user_id = ${userId} AND confirmed_at IS NOT NULL FOR UPDATE`
        if (!factor) return
        await tx.recoveryCode.deleteMany({ where: { userId } })
        await tx.recoveryCode.createMany({ data: toRows(userId, digests) })
      }),
    async remove(userId) {
      return (await prisma.secondFactor.deleteMany({ where: { userId } })).count > 0
    },
  }
}

const toRows = (userId: number, digests: string[]) => digests.map((digest) => ({ userId, digest }))
