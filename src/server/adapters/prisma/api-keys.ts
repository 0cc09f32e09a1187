import { type ApiKey, KeyScope } from '../../contract/account.ts'
import type { ApiKeys, StoredKey } from '../../core/ports/keys.ts'
import type { ApiKey as KeyRow, PrismaClient } from './generated/client.ts'
import { toUser } from './user.ts'

const MAX_KEYS = 200

/** API keys in PostgreSQL; only the digest of a key is kept. */
export function createApiKeys(prisma: PrismaClient): ApiKeys {
  return {
    async create({ expiresAt, ...key }) {
      const data = { ...key, expiresAt: expiresAt === null ? null : new Date(expiresAt) }
      return toApiKey(await prisma.apiKey.create({ data }))
    },
    async list(workspaceId) {
      const where = { workspaceId, revokedAt: null }
      const rows = await prisma.apiKey.findMany({ where, orderBy: { id: 'desc' }, take: MAX_KEYS })
      return rows.map(toApiKey)
    },
    use: (hash) => use(prisma, hash),
    async revoke(workspaceId, id) {
      const { count } = await prisma.apiKey.updateMany({
        where: { id, workspaceId, revokedAt: null },
        data: { revokedAt: new Date() },
      })
      return count > 0
    },
    async bot(workspaceId) {
      const workspace = await prisma.workspace.findUnique({
        where: { id: workspaceId },
        select: { bot: true },
      })
      const user = { memberships: { some: { workspaceId } } }
      const where = { workspaceId, user, scopes: { has: 'ai' }, ...live() }
      return {
        isOn: workspace?.bot ?? false,
        hasKey: (await prisma.apiKey.findFirst({ where, select: { id: true } })) !== null,
      }
    },
    async setBot(workspaceId, isOn) {
      await prisma.workspace.updateMany({ where: { id: workspaceId }, data: { bot: isOn } })
    },
  }
}

const live = () => ({ revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] })

async function use(prisma: PrismaClient, hash: string) {
  const now = new Date()
  const row = await prisma.apiKey.findFirst({
    where: { hash, ...live() },
    include: {
      user: { include: { memberships: { select: { workspaceId: true } } } },
      workspace: { select: { id: true, name: true } },
    },
  })
  if (!row?.user.memberships.some(({ workspaceId }) => workspaceId === row.workspaceId)) return null
  await prisma.apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } })
  return { key: toStoredKey(row), user: toUser(row.user), workspace: row.workspace }
}

const toStoredKey = (row: KeyRow): StoredKey => ({
  ...toApiKey(row),
  workspaceId: row.workspaceId,
  userId: row.userId,
})

const toApiKey = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes.flatMap((scope) => KeyScope.safeParse(scope).data ?? []),
  created_at: row.createdAt.toISOString(),
  expires_at: row.expiresAt?.toISOString() ?? null,
  last_used_at: row.lastUsedAt?.toISOString() ?? null,
})
