import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { migrate } from './migrate.ts'
import { openTestDatabase } from './start-embedded.testing.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const TABLE = 'CREATE TABLE thing (id int PRIMARY KEY);\nCREATE INDEX ON thing (id);\n'
const FUNCTION = `CREATE FUNCTION double(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN n * 2; END; $$;\n`

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

function migrations(name: string, files: Record<string, string>) {
  const dir = path.join(database.root, name)
  rmSync(dir, { recursive: true, force: true })
  for (const [migration, sql] of Object.entries(files)) {
    mkdirSync(path.join(dir, migration), { recursive: true })
    writeFileSync(path.join(dir, migration, 'migration.sql'), sql)
  }
  writeFileSync(path.join(dir, 'migration_lock.toml'), 'provider = "postgresql"\n')
  return dir
}

it('applies what is missing in order, once, and records it as Prisma does', async () => {
  const client = await database.createDatabase('ordered')
  const dir = migrations('ordered', { '2_function': FUNCTION, '1_table': TABLE })
  expect(await migrate(client, dir)).toEqual(['1_table', '2_function'])
  expect(await migrate(client, dir)).toEqual([])

  const { rows } = await client.query(
    'SELECT migration_name, checksum, applied_steps_count AS steps, finished_at >= started_at AS finished, rolled_back_at, logs, length(id) AS id FROM _prisma_migrations ORDER BY migration_name',
  )
  const recorded = { steps: 1, finished: true, rolled_back_at: null, logs: null, id: 36 }
  const checksum = (sql: string) => createHash('sha256').update(sql).digest('hex')
  expect(rows).toEqual([
    { migration_name: '1_table', checksum: checksum(TABLE), ...recorded },
    { migration_name: '2_function', checksum: checksum(FUNCTION), ...recorded },
  ])
})

it('applies only the new ones to a database that has the old ones', async () => {
  const client = await database.createDatabase('grown')
  await migrate(client, migrations('grown', { '1_table': TABLE }))
  expect(await migrate(client, migrations('grown', { '1_table': TABLE, '2_function': FUNCTION }))).toEqual([
    '2_function',
  ])
  expect((await client.query('SELECT double(21) AS n')).rows).toEqual([{ n: 42 }])
})

it('applies each once when two nodes start at the same moment', async () => {
  const one = await database.createDatabase('twins')
  const two = await database.connect(database.url.replace(/peyk$/, 'twins'))
  const dir = migrations('twins', { '1_table': TABLE, '2_function': FUNCTION })
  const applied = await Promise.all([migrate(one, dir), migrate(two, dir)])
  expect(applied.flat().sort()).toEqual(['1_table', '2_function'])
})

it('names the migration that fails, undoes all of it, and goes on once it is mended', async () => {
  const client = await database.createDatabase('failing')
  const broken = { '1_table': TABLE, '2_broken': 'CREATE TABLE half (id int); SELECT 1/0;' }
  await expect(migrate(client, migrations('failing', broken))).rejects.toMatchObject({
    code: 'migration_failed',
    message: 'Migration 2_broken failed and changed nothing: division by zero.',
  })
  expect(
    (await client.query(`SELECT to_regclass('thing') AS kept, to_regclass('half') AS undone`)).rows,
  ).toEqual([{ kept: 'thing', undone: null }])
  const mended = { ...broken, '2_broken': 'CREATE TABLE half (id int);' }
  expect(await migrate(client, migrations('failing', mended))).toEqual(['2_broken'])
})

it('refuses a migration that was changed after it had been applied, but not for its ends of lines', async () => {
  const client = await database.createDatabase('changed')
  await migrate(client, migrations('changed', { '1_table': TABLE }))
  expect(await migrate(client, migrations('changed', { '1_table': TABLE.replaceAll('\n', '\r\n') }))).toEqual(
    [],
  )
  await expect(
    migrate(client, migrations('changed', { '1_table': `${TABLE}SELECT 1;` })),
  ).rejects.toMatchObject({
    code: 'migration_failed',
    message: expect.stringContaining('1_table was changed'),
  })
})

it('refuses to go on where Prisma left a failed migration, and lets the lock go', async () => {
  const client = await database.createDatabase('stuck')
  const dir = migrations('stuck', { '1_table': TABLE })
  await migrate(client, dir)
  await client.query('UPDATE _prisma_migrations SET finished_at = NULL')
  await expect(migrate(client, dir)).rejects.toMatchObject({
    message: expect.stringContaining('1_table failed half-way'),
  })
  expect(
    (await client.query(`SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory'`)).rows,
  ).toEqual([{ n: 0 }])
})
