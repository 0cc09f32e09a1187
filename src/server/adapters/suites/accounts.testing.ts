import { randomUUID } from 'node:crypto'
import type { SessionRow, TokenPair } from '../../core/ports/accounts.ts'

export const DAY = 86_400_000

/** Somebody who registers. */
export const personOf = (username: string, email = `${username}@example.com`) => ({
  ...{ username, email, passwordHash: 'hash', firstName: 'Sara', lastName: '', locale: 'fa' as const },
  ...{ workspaceName: 'Shop', epoch: randomUUID(), administers: 'if_first' as const },
})

export const sessionOf = (userId: number, expiresAt = Date.now() + DAY): SessionRow => ({
  ...{ id: randomUUID(), userId, kind: 'api', expiresAt, userAgent: 'test', address: '192.0.2.1' },
})

export const pairOf = (
  { id: sessionId, userId }: SessionRow,
  refreshExpiresAt = Date.now() + DAY,
): TokenPair => ({
  ...{ jti: randomUUID(), sessionId, userId, accessHash: 'a', refreshHash: 'r' },
  ...{ accessExpiresAt: Date.now() + DAY, refreshExpiresAt },
})
