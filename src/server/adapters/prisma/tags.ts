import type { Tag } from '../../contract/customer.ts'
import { DomainError } from '../../core/errors.ts'
import type { Tags } from '../../core/ports/customers.ts'
import type { PrismaClient } from './generated/client.ts'
import { isUniqueViolation } from './unique-violation.ts'

const MAX_TAGS = 1_000
const shown = { id: true, name: true } as const

/** The tags of workspaces in PostgreSQL. */
export function createTags(prisma: PrismaClient): Tags {
  return {
    list: (workspaceIds) =>
      prisma.tag.findMany({
        where: { workspaceId: { in: workspaceIds } },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        select: shown,
        take: MAX_TAGS,
      }),
    async create(workspaceId, names) {
      await prisma.tag.createMany({
        data: names.map((name) => ({ workspaceId, name })),
        skipDuplicates: true,
      })
      return prisma.tag.findMany({
        where: { workspaceId, name: { in: names } },
        orderBy: { id: 'asc' },
        select: shown,
      })
    },
    async rename(workspaceIds, id, name): Promise<Tag | null> {
      const found = await prisma.tag.findFirst({ where: { id, workspaceId: { in: workspaceIds } } })
      if (!found) return null
      try {
        return await prisma.tag.update({ where: { id }, data: { name }, select: shown })
      } catch (error) {
        throw isUniqueViolation(error) ? new DomainError('conflict', 'A tag with this name exists') : error
      }
    },
    async remove(workspaceIds, ids) {
      const { count } = await prisma.tag.deleteMany({
        where: { id: { in: ids }, workspaceId: { in: workspaceIds } },
      })
      return count
    },
  }
}
