import type { PasswordStore } from '../../core/ports/password-store.ts'
import type { PrismaClient } from './generated/client.ts'
import { revokeSessions } from './sign-ins.ts'
import { toUser } from './user.ts'

/** Passwords and the links that set them, in PostgreSQL. */
export function createPasswordStore(prisma: PrismaClient): PasswordStore {
  return {
    setPassword: (id, passwordHash, keep) =>
      prisma.$transaction(async (tx) => {
        await tx.user.updateMany({ where: { id }, data: { passwordHash } })
        await tx.passwordLink.deleteMany({ where: { userId: id } })
        return revokeSessions(tx, id, keep)
      }),
    async putResetLink({ userId, expiresAt, ...link }) {
      const data = { ...link, expiresAt: new Date(expiresAt) }
      await prisma.passwordLink.upsert({ where: { userId }, create: { userId, ...data }, update: data })
    },
    async findResetLink(tokenHash) {
      const where = { tokenHash, expiresAt: { gt: new Date() } }
      const found = await prisma.passwordLink.findFirst({ where, include: { user: true } })
      return found && { user: toUser(found.user), workspaceId: found.workspaceId }
    },
    takeResetLink: (tokenHash, passwordHash) =>
      prisma.$transaction(async (tx) => {
        // The row that goes is the right to do it: of two that come at once, one finds none.
        const taken = await tx.$queryRaw<{ user_id: number }[]>`
          DELETE FROM password_link WHERE token_hash = ${tokenHash} AND expires_at > now() RETURNING user_id`
        const id = taken[0]?.user_id
        if (id === undefined) return null
        await tx.user.updateMany({ where: { id }, data: { passwordHash } })
        return revokeSessions(tx, id, null)
      }),
  }
}
