import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answered, openConversation } from '../suites/stores.testing.ts'
import { createBacklog } from './backlog.ts'
import { openPostgresStores } from './open-stores.testing.ts'

let opened: Awaited<ReturnType<ReturnType<typeof openPostgresStores>>>
let pool: pg.Pool
beforeAll(async () => {
  opened = await openPostgresStores('backlog')()
  pool = new pg.Pool({ connectionString: opened.connectionString })
})
afterAll(async () => {
  await pool?.end()
  await opened?.close()
})

it('counts what is due, with the age of the oldest, and neither what waits for its time nor what is done', async () => {
  const backlog = createBacklog(pool)
  expect(await backlog.outbox()).toEqual({ due: 0, age: 0 })
  const place = await openConversation(opened.stores)
  for (let index = 0; index < 3; index++) await opened.stores.journal.appendMessage(answered(place))
  await pool.query(
    `UPDATE delivery SET next_at = now() - interval '90 seconds' WHERE id = (SELECT min(id) FROM delivery)`,
  )
  await pool.query(
    `UPDATE delivery SET next_at = now() + interval '1 hour' WHERE id = (SELECT max(id) FROM delivery)`,
  )
  const { due, age } = await backlog.outbox()
  expect(due).toBe(2)
  expect(age).toBeGreaterThanOrEqual(90)
  await pool.query(`UPDATE delivery SET state = 'sent'`)
  expect(await backlog.outbox()).toEqual({ due: 0, age: 0 })
})

it('counts platform events that are not processed', async () => {
  const { channel, workspace } = await openConversation(opened.stores)
  const at = { workspaceId: workspace.id, channelId: channel.id, source: 'telegram' as const }
  const event = await opened.stores.inbox.record({ ...at, key: 'one', raw: '{}', sourceId: null })
  await pool.query(`UPDATE inbound_event SET received_at = now() - interval '30 seconds'`)
  const { due, age } = await createBacklog(pool).inbox()
  expect([due, Math.round(age)]).toEqual([1, 30])
  await opened.stores.inbox.done(event?.id ?? '', 'stored')
  expect(await createBacklog(pool).inbox()).toEqual({ due: 0, age: 0 })
})
