import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { createCipher } from '../auth/encryption.ts'
import type { Stores } from '../memory/stores.ts'
import type { StoresInTest } from '../suites/stores.testing.ts'
import type { PrismaClient } from './generated/client.ts'
import { openMigratedDatabase } from './migrated-database.testing.ts'
import { createSecurityLog } from './security-log.ts'
import { createStores } from './stores.ts'

const MAX_CONNECTIONS = 5

// The bot answers only where a program may write in its name.
const AI_KEY = `INSERT INTO api_key (workspace_id, user_id, name, prefix, hash, scopes)
  SELECT workspace_id, user_id, 'bot', 'bot', $2, ARRAY['ai'] FROM membership WHERE workspace_id = $1 LIMIT 1`

/** PostgreSQL stores for a suite; two nodes are two sets with a pool each. */
export const openPostgresStores =
  (name: string) => async (): Promise<StoresInTest & { prisma: PrismaClient; connectionString: string }> => {
    const database = await openMigratedDatabase(name)
    const { prisma, connectionString } = database
    const [here, there] = [openPool(connectionString), openPool(connectionString)]
    return {
      prisma,
      connectionString,
      stores: openStores(here, prisma),
      elsewhere: openStores(there, prisma),
      setBot: async (id, isOn) => {
        await here.query('UPDATE workspace SET bot = $2 WHERE id = $1', [id, isOn])
        await here.query(AI_KEY, [id, randomUUID()])
      },
      forget: async (id, upTo) => {
        await prisma.workspace.update({ where: { id }, data: { floorSeq: upTo } })
        await prisma.event.deleteMany({ where: { workspaceId: id, seq: { lte: upTo } } })
      },
      assign: async (id, assigneeId) => {
        await prisma.conversation.update({ where: { id }, data: { assigneeId } })
      },
      close: async () => {
        await Promise.all([here.end(), there.end()])
        await database[Symbol.asyncDispose]()
      },
    }
  }

const QUIET = { info() {}, warn() {}, error() {} }

const openPool = (connectionString: string) => new pg.Pool({ connectionString, max: MAX_CONNECTIONS })

// The key of a test, not of anybody.
const cipher = createCipher('ab'.repeat(32))

const openStores = (pool: pg.Pool, prisma: PrismaClient): Stores => ({
  ...createStores({ pool, prisma, cipher }),
  security: createSecurityLog(pool, QUIET),
})
