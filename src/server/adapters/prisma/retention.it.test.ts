import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConversation, said, times } from '../suites/stores.testing.ts'
import { openPostgresStores } from './open-stores.testing.ts'
import { createRetention } from './retention.ts'

const DAY = 86_400_000

let opened: Awaited<ReturnType<ReturnType<typeof openPostgresStores>>>
let pool: pg.Pool

beforeAll(async () => {
  opened = await openPostgresStores('retention')()
  pool = new pg.Pool({ connectionString: opened.connectionString })
})
afterAll(async () => {
  await pool?.end()
  await opened?.close()
})

describe('pruning the log', () => {
  it('takes old events from its old end, raises the floor and keeps messages and what is young', async () => {
    const { journal, messages } = opened.stores
    const place = await openConversation(opened.stores)
    const { id } = place.workspace
    await Promise.all(times(6, () => journal.appendMessage(said(place))))
    await pool.query(
      `UPDATE event SET created_at = now() - interval '8 days' WHERE workspace_id = $1 AND seq <= 4`,
      [id],
    )
    const retention = createRetention(pool)
    expect(await retention.pruneEvents(Date.now() - 7 * DAY, 3)).toBe(3)
    expect(await retention.pruneEvents(Date.now() - 7 * DAY, 3)).toBe(1)
    expect(await retention.pruneEvents(Date.now() - 7 * DAY, 3)).toBe(0)
    const page = await journal.read(id, 4, 10)
    expect(page).toMatchObject({ floor: 4, head: 7 })
    expect(page.events.map(({ seq }) => seq)).toEqual([5, 6, 7])
    expect((await messages.slice(place.conversation.id, { upTo: null, offset: 0, limit: 10 })).count).toBe(6)
  })

  it('leaves a log alone whose oldest event is young', async () => {
    const place = await openConversation(opened.stores)
    expect(await createRetention(pool).pruneEvents(Date.now() - 7 * DAY, 10)).toBe(0)
    const { floor } = await opened.stores.journal.read(place.workspace.id, 0, 1)
    expect(floor).toBe(0)
  })
})

describe('pruning sign-ins', () => {
  it('removes expired sessions and tokens, and none that live', async () => {
    const { workspace } = await openConversation(opened.stores)
    const userId = workspace.user.id
    const session = (id: string, expires: string) =>
      pool.query(
        `INSERT INTO session (id, user_id, kind, expires_at) VALUES ($1, $2, 'api', now() + $3::interval)`,
        [id, userId, expires],
      )
    const [dead, live] = ['00000000-0000-4000-8000-00000000dead', '00000000-0000-4000-8000-000000001ffe']
    await session(dead, '-1 hour')
    await session(live, '1 hour')
    await createRetention(pool).pruneSignIns(Date.now(), 100)
    const { rows } = await pool.query('SELECT id FROM session WHERE id = ANY ($1)', [[dead, live]])
    expect(rows).toEqual([{ id: live }])
  })
})

describe('pruning what happened at the doors', () => {
  it('removes old events with their sums and entries that ended long ago, at most so many at once', async () => {
    const insert = (age: string) =>
      pool.query(
        `WITH e AS (INSERT INTO security_event (kind, address, created_at) SELECT 'spam_blocked', $2, now() - $1::interval FROM generate_series(1, 3)),
          b AS (INSERT INTO blocked_ip (network, reason, expires_at) VALUES ($2, '', now() - $1::interval))
          INSERT INTO security_tally (workspace_id, minute, kind, count) VALUES (0, now() - $1::interval, 'spam_blocked', 3)`,
        [age, age],
      )
    await insert('91 days')
    await insert('89 days')
    const retention = createRetention(pool)
    const before = Date.now() - 90 * DAY
    expect(await retention.pruneSecurity(before, 2)).toBe(2)
    expect(await retention.pruneSecurity(before, 2)).toBe(1)
    expect(await retention.pruneSecurity(before, 2)).toBe(0)
    const { rows } = await pool.query(
      `SELECT (SELECT count(*) FROM security_event)::int AS events, (SELECT sum(count) FROM security_tally)::int AS sums,
        (SELECT array_agg(network) FROM blocked_ip) AS networks`,
    )
    expect(rows).toEqual([{ events: 3, sums: 3, networks: ['89 days'] }])
  })
})
