import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answered, openConversation } from '../suites/stores.testing.ts'
import { openPostgresStores } from './open-stores.testing.ts'

const WAITING = 26_000
const LANES = 13_000
const CLAIM = `SELECT * FROM claim_deliveries(32, 32, 60000, '{}')`
const CLAIMS = 5
/** Pages that one claim may touch; walking what waits touches twice as many. */
const MOST_PAGES = 200

let opened: Awaited<ReturnType<ReturnType<typeof openPostgresStores>>>
let pool: pg.Pool
beforeAll(async () => {
  opened = await openPostgresStores('claim_cost')()
  pool = new pg.Pool({ connectionString: opened.connectionString })
})
afterAll(async () => {
  await pool?.end()
  await opened?.close()
})

// Half of them in one lane, the others in lanes of their own that wait for a retry.
const FILL = `WITH people AS (
    INSERT INTO customer (workspace_id, channel_id, source, source_id, updated_at)
    SELECT $1, $2, 'telegram', 'n' || n, now() FROM generate_series(1, ${LANES}) n RETURNING id
  ), said AS (
    INSERT INTO message (id, workspace_id, conversation_id, seq, type, content, sender, channel_id)
    SELECT 'W' || lpad(n::text, 9, '0'), $1, $3, n + 1, 'support', 'x', 'user:1', $2 FROM generate_series(1, ${WAITING}) n RETURNING id, seq
  ), lane AS (SELECT p.id, row_number() OVER (ORDER BY p.id) AS n FROM people p)
  INSERT INTO delivery (workspace_id, channel_id, customer_id, conversation_id, message_id, behind, next_at)
  SELECT $1, $2, COALESCE(l.id, $4), $3, s.id, l.id IS NULL, CASE WHEN l.id IS NULL THEN now() ELSE now() + interval '1 hour' END
  FROM said s LEFT JOIN lane l ON l.n = s.seq - 1 ORDER BY s.seq`

interface Plan {
  Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number }
}

/** Pages that a statement touches: what else the machine does changes nothing about it. */
async function pagesOf(statement: string): Promise<number> {
  const { rows } = await pool.query<{ 'QUERY PLAN': Plan[] }>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${statement}`,
  )
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan
  if (!plan) throw new Error('PostgreSQL told no plan')
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
}

it('touches what it claims, however much waits behind and for its time', async () => {
  const { journal } = opened.stores
  const place = await openConversation(opened.stores)
  await journal.appendMessage(answered(place))
  const { workspace, channel, conversation } = place
  await pool.query(FILL, [workspace.id, channel.id, conversation.id, conversation.customerId])
  const walk = await pagesOf(
    `SELECT count(*) FROM delivery d WHERE d.state::text = 'queued' AND d.attempts >= 0`,
  )
  const claims: number[] = []
  for (let index = 0; index < CLAIMS; index++) {
    claims.push(await pagesOf(CLAIM))
    // Ended, so that the next of the long lane comes to its head.
    const { rowCount } = await pool.query(`UPDATE delivery SET state = 'sent' WHERE state = 'sending'`)
    expect(rowCount).toBe(1)
  }
  expect(walk).toBeGreaterThan(MOST_PAGES)
  // The first reads the catalogue as well.
  expect(Math.max(...claims.slice(1))).toBeLessThan(MOST_PAGES)
})
