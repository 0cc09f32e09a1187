import type { Accounts, TokenPair } from '../../core/ports/accounts.ts'

import type { PrismaClient, RefreshToken } from './generated/client.ts'
import { UUID } from './uuid.ts'

/** Pairs of tokens in PostgreSQL, each used once. */
export function createTokenStore(
  prisma: PrismaClient,
): Pick<Accounts, 'addTokens' | 'findTokens' | 'rotateTokens'> {
  return {
    addTokens: async (pair) => {
      await prisma.refreshToken.create({ data: toTokenRow(pair) })
    },
    findTokens: async (jti) => {
      const row = UUID.test(jti) ? await prisma.refreshToken.findUnique({ where: { id: jti } }) : null
      return row && toTokenPair(row)
    },
    // The condition on rotated_at is the whole lock: of two calls at once one counts no row.
    rotateTokens: (jti, next) =>
      prisma.$transaction(async (tx) => {
        const now = new Date()
        const { count } = await tx.refreshToken.updateMany({
          where: { id: jti, rotatedAt: null },
          data: { rotatedAt: now },
        })
        if (count === 0) return false
        const expiresAt = new Date(next.refreshExpiresAt)
        await tx.session.update({ where: { id: next.sessionId }, data: { expiresAt, lastSeenAt: now } })
        await tx.refreshToken.create({ data: toTokenRow(next) })
        return true
      }),
  }
}

const toTokenRow = ({ jti, accessExpiresAt, refreshExpiresAt, ...pair }: TokenPair) => ({
  ...pair,
  id: jti,
  accessExpiresAt: new Date(accessExpiresAt),
  refreshExpiresAt: new Date(refreshExpiresAt),
})

const toTokenPair = (row: RefreshToken): TokenPair & { rotated: boolean } => ({
  jti: row.id,
  sessionId: row.sessionId,
  userId: row.userId,
  accessHash: row.accessHash,
  refreshHash: row.refreshHash,
  accessExpiresAt: row.accessExpiresAt.getTime(),
  refreshExpiresAt: row.refreshExpiresAt.getTime(),
  rotated: row.rotatedAt !== null,
})
