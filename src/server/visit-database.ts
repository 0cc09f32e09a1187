import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { openEmbedded } from './adapters/postgres/embedded.ts'
import { findMissing } from './adapters/postgres/migrate.ts'
import { startError } from './adapters/postgres/start-error.ts'
import type { Database } from './database.ts'
import type { Env } from './env.ts'

const MAX_CONNECTIONS = 2
/** PostgreSQL takes a moment to bury the sessions that have just been closed. */
const BURIAL_MS = 1_000
const POLL_MS = 25

/**
 * Opens the database beside a server that may be running on it: makes none, migrates none and takes no lock. An embedded
 * one that was not running is started, and stopped again unless somebody else has come to use it.
 */
export async function visitDatabase(env: Env): Promise<Database> {
  const dataDir = path.resolve(env.DATA_DIR)
  if (!env.DATABASE_URL && !existsSync(path.join(dataDir, 'postgres-password')))
    throw startError(
      'unusable_data_dir',
      `There is no database in ${dataDir}: start Peyk there first, or set DATA_DIR.`,
    )
  const embedded = env.DATABASE_URL ? null : await openEmbedded({ dataDir, log: () => {} })
  const url = env.DATABASE_URL ?? embedded?.url ?? ''
  const pool = new pg.Pool({ connectionString: url, max: MAX_CONNECTIONS, connectionTimeoutMillis: 10_000 })
  pool.on('error', () => {})
  const close = async () => {
    await pool.end()
    if (embedded && !embedded.reused && (await isLeft(url))) await embedded.close()
  }
  await requireCurrent(pool, url).catch(async (error: unknown) => {
    await close()
    throw error
  })
  return { url, pool, isEmbedded: embedded !== null, close }
}

async function requireCurrent(pool: pg.Pool, url: string): Promise<void> {
  const client = await pool.connect().catch((error: unknown) => {
    throw startError('database_unavailable', `The database at ${new URL(url).host} cannot be reached.`, error)
  })
  try {
    const missing = await findMissing(client, path.resolve('prisma/migrations'))
    if (missing.length > 0)
      throw startError(
        'migration_failed',
        'The database is of an older version: start Peyk once, which brings it up to date.',
      )
  } finally {
    client.release()
  }
}

/** True once nobody but us is connected. */
async function isLeft(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    for (const deadline = Date.now() + BURIAL_MS; ; await delay(POLL_MS)) {
      const others = await client.query(
        'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() LIMIT 1',
      )
      if (others.rowCount === 0) return true
      if (Date.now() > deadline) return false
    }
  } finally {
    await client.end()
  }
}
