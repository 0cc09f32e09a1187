import path from 'node:path'
import pg from 'pg'
import { openEmbedded } from './adapters/postgres/embedded.ts'
import { acquireInstanceLock } from './adapters/postgres/instance-lock.ts'
import { assertPersianTrigrams } from './adapters/postgres/locale.ts'
import { migrate } from './adapters/postgres/migrate.ts'
import { startError } from './adapters/postgres/start-error.ts'
import type { Env } from './env.ts'

/** Connections of one node to PostgreSQL. */
const MAX_CONNECTIONS = 12

export interface Database {
  url: string
  pool: pg.Pool
  isEmbedded: boolean
  close(): Promise<void>
}

/** Opens the database (embedded unless DATABASE_URL is set), checks its locale and brings its schema up to date. */
export async function openDatabase(env: Env, say: (sentence: string) => void): Promise<Database> {
  const embedded = env.DATABASE_URL
    ? null
    : await openEmbedded({ dataDir: path.resolve(env.DATA_DIR), log: say })
  const url = env.DATABASE_URL ?? embedded?.url ?? ''
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect().catch((error: unknown) => {
    throw startError('database_unavailable', `The database at ${hostOf(url)} cannot be reached.`, error)
  })
  if (embedded && !(await acquireInstanceLock(client))) {
    await client.end()
    throw startError('unusable_data_dir', `Peyk is already running on ${path.resolve(env.DATA_DIR)}.`)
  }
  try {
    await assertPersianTrigrams(client)
    await migrate(client, path.resolve('prisma/migrations'))
  } catch (error) {
    await client.end()
    await embedded?.close()
    throw error
  }
  if (!embedded) await client.end()
  const pool = new pg.Pool({ connectionString: url, max: MAX_CONNECTIONS })
  pool.on('error', () => {})
  return {
    url,
    pool,
    isEmbedded: embedded !== null,
    async close() {
      await pool.end()
      if (embedded) await client.end()
      await embedded?.close()
    },
  }
}

const hostOf = (url: string) => {
  try {
    return new URL(url).host
  } catch {
    return 'DATABASE_URL'
  }
}
