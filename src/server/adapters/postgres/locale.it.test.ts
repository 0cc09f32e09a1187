import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { assertPersianTrigrams } from './locale.ts'
import { openTestDatabase } from './start-embedded.testing.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

it('accepts the embedded database, and finds Persian words in it', async () => {
  const client = await database.connect()
  await assertPersianTrigrams(client)
  await assertPersianTrigrams(client)
  const { rows } = await client.query(
    `SELECT 'سلام دنیا' ILIKE '%دنیا%' AS found, similarity('سلام', 'سلامت') > 0.3 AS near`,
  )
  expect(rows).toEqual([{ found: true, near: true }])
})

it('accepts two nodes that start at once on an empty database', async () => {
  const one = await database.createDatabase('fresh')
  const two = await database.connect(database.url.replace(/peyk$/, 'fresh'))
  await Promise.all([assertPersianTrigrams(one), assertPersianTrigrams(two)])
})

it('refuses a database of locale C, in one sentence that says what to do', async () => {
  const client = await database.createDatabase(
    'broken',
    `TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C' ENCODING 'UTF8'`,
  )
  await expect(assertPersianTrigrams(client)).rejects.toMatchObject({
    code: 'bad_locale',
    message: expect.stringMatching(/^The locale of the database breaks search in Persian: create .*\.$/),
  })
})

it('refuses a database in which it may not create the extension', async () => {
  const client = await database.createDatabase('bare')
  await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC, peyk')
  await client.query('SET search_path TO nowhere')
  await expect(assertPersianTrigrams(client)).rejects.toMatchObject({
    code: 'bad_locale',
    message: expect.stringContaining('CREATE EXTENSION pg_trgm'),
  })
})
