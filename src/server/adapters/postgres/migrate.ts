import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { takeSessionLock } from './advisory-lock.ts'
import { errorMessage, startError } from './start-error.ts'

// The key and the table are Prisma Migrate's own: `prisma migrate deploy` and we wait for and believe each other.
const PRISMA_LOCK_KEY = 72_707_369
const LOCK_WAIT_MS = 120_000
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`

type Migration = { name: string; sql: string }
type Applied = { migration_name: string; checksum: string; finished_at: Date | null }

/** Applies what is missing, in order of the names, each migration whole or not at all; answers the names applied. */
export async function migrate(client: pg.Client, dir: string): Promise<string[]> {
  const migrations = readMigrations(dir)
  if (!(await takeSessionLock(client, PRISMA_LOCK_KEY, LOCK_WAIT_MS))) {
    throw startError(
      'migration_failed',
      'Another process has been migrating the database for two minutes: try again later.',
    )
  }
  try {
    const applied = await readApplied(client)
    const missing = migrations.filter((migration) => !isApplied(migration, applied))
    for (const migration of missing) await apply(client, migration)
    return missing.map(({ name }) => name)
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [PRISMA_LOCK_KEY]).catch(() => {})
  }
}

/** The names of those that a database lacks; applies none. A database that was never migrated lacks all. */
export async function findMissing(client: pg.ClientBase, dir: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT n.name FROM unnest($1::text[]) AS n (name) WHERE NOT EXISTS (
       SELECT 1 FROM pg_class WHERE oid = to_regclass('_prisma_migrations'))`,
    [readMigrations(dir).map(({ name }) => name)],
  )
  if (rows.length > 0) return rows.map(({ name }) => name)
  const applied = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  const names = new Set(applied.rows.map((row) => row.migration_name))
  return readMigrations(dir).flatMap(({ name }) => (names.has(name) ? [] : [name]))
}

function readMigrations(dir: string): Migration[] {
  const names = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return names
    .map(({ name }) => ({ name, file: path.join(dir, name, 'migration.sql') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => ({ name, sql: readFileSync(file, 'utf8') }))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  await client.query(TABLE)
  const { rows } = await client.query<Applied>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  )
  const failed = rows.find((row) => row.finished_at === null)
  if (failed) {
    const sentence = `Migration ${failed.migration_name} failed half-way earlier: repair the database and run prisma migrate resolve.`
    throw startError('migration_failed', sentence)
  }
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

function isApplied({ name, sql }: Migration, applied: Map<string, string>): boolean {
  const checksum = applied.get(name)
  if (checksum === undefined) return false
  // A checkout on Windows may have changed the ends of lines, which means nothing to SQL.
  if ([sql, sql.replaceAll('\r\n', '\n')].some((text) => checksumOf(text) === checksum)) return true
  throw startError(
    'migration_failed',
    `Migration ${name} was changed after it had been applied to this database: restore its file and add a new migration.`,
  )
}

async function apply(client: pg.Client, { name, sql }: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksumOf(sql), name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => {})
    throw startError(
      'migration_failed',
      `Migration ${name} failed and changed nothing: ${errorMessage(cause)}.`,
      cause,
    )
  }
}

function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex')
}
