import { DomainError } from '../../core/errors.ts'
import type { Members } from '../../core/ports/members.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'

type Tx = Prisma.TransactionClient

/** Who is what in a workspace, in PostgreSQL. */
export function createMembers(prisma: PrismaClient): Members {
  return {
    setRole: ({ workspaceId, userId, from, to }) =>
      prisma.$transaction(async (tx) => {
        await lockWorkspaces(tx, [workspaceId])
        const changed = await tx.membership.updateMany({
          where: { workspaceId, userId, role: from },
          data: { role: to },
        })
        if (changed.count === 0) return false
        await settle(tx, workspaceId, userId)
        return true
      }),
    removeMember: ({ workspaceId, userId, from, home }) =>
      prisma.$transaction(async (tx) => {
        await lockWorkspaces(tx, [workspaceId])
        const removed = await tx.membership.deleteMany({ where: { workspaceId, userId, role: from } })
        if (removed.count === 0) return false
        await settle(tx, workspaceId, userId)
        await tx.conversation.updateMany({
          where: { workspaceId, assigneeId: userId },
          data: { assigneeId: null },
        })
        await tx.apiKey.updateMany({
          where: { workspaceId, userId, revokedAt: null },
          data: { revokedAt: new Date() },
        })
        await giveHome(tx, userId, home)
        return true
      }),
    async worksElsewhere(userId, workspaceId) {
      const something = { some: {} }
      const holding: Prisma.WorkspaceWhereInput[] = [
        { memberships: { some: { userId: { not: userId } } } },
        { channels: something },
        { customers: something },
        { conversations: something },
        { apiKeys: something },
      ]
      const where = { userId, workspaceId: { not: workspaceId }, workspace: { OR: holding } }
      return (await prisma.membership.findFirst({ where, select: { userId: true } })) !== null
    },
  }
}

/** Holds off every other change of who is what in these workspaces until the transaction ends. */
export async function lockWorkspaces(tx: Tx, ids: number[]): Promise<void> {
  await tx.$queryRaw`SELECT id FROM workspace WHERE id = ANY (${ids}::int[]) ORDER BY id FOR NO KEY UPDATE`
}

/** What follows from a change of standing; nothing of it stays where the workspace would be nobody's. */
async function settle(tx: Tx, workspaceId: number, userId: number): Promise<void> {
  const owner = await tx.membership.findFirst({
    where: { workspaceId, role: 'owner' },
    select: { userId: true },
  })
  if (!owner) throw new DomainError('conflict', 'A workspace needs an owner: make somebody else one first')
  await tx.passwordLink.deleteMany({ where: { userId } })
}

/** Nobody is without a place to sign in to. */
async function giveHome(tx: Tx, userId: number, home: { name: string; epoch: string }): Promise<void> {
  if (await tx.membership.findFirst({ where: { userId }, select: { userId: true } })) return
  const user = { connect: { id: userId } }
  await tx.membership.create({ data: { role: 'owner', user, workspace: { create: home } } })
}
