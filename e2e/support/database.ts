import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { embeddedUrl, type TemporaryFolder } from './folder.ts'
import { type Settings, startNode } from './node.ts'

/**
 * A PostgreSQL server for DATABASE_URL: the embedded one of a node that was killed at once. It goes with the folder;
 * the answer is the address of its own database.
 */
export async function startPostgres(folder: TemporaryFolder): Promise<string> {
  const node = await startNode({ DATA_DIR: folder.at('postgres-only'), DEMO: 'false' })
  await node.kill()
  return embeddedUrl(folder.at('postgres-only'))
}

/** A new database on that server. */
export async function createDatabase(url: string, name: string, options = ''): Promise<string> {
  await query(url, `CREATE DATABASE ${name} ${options}`)
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** What every node of an installation is given with DATABASE_URL. */
export const makeSecrets = (): Settings => ({
  AUTH_SECRET: randomBytes(32).toString('hex'),
  JWT_SECRET: randomBytes(32).toString('hex'),
  ENCRYPTION_KEY: randomBytes(32).toString('hex'),
})

/** How many rows every table holds, and how far every log is: what has to be the same after a refusal. */
export async function countRows(url: string): Promise<Record<string, unknown>> {
  const tables = await query(
    url,
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('security_event', 'security_tally', 'live_node', 'live_connection') ORDER BY 1",
  )
  const counts = tables.map(({ tablename }) => `(SELECT count(*) FROM "${tablename}") AS "${tablename}"`)
  const heads =
    '(SELECT sum(head_seq) FROM workspace) AS heads, (SELECT sum(answered_seq) FROM conversation) AS answered'
  return (await query(url, `SELECT ${counts.join(', ')}, ${heads}`))[0] ?? {}
}
