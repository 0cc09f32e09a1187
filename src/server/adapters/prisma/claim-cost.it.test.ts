import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answered, openConversation, outcomeOf } from '../suites/stores.testing.ts'
import { openPostgresStores } from './open-stores.testing.ts'

const WAITING = 26_000
const LANES = 13_000
const CLAIMS = 40
/** What one claim may cost in written rows: walking what waits costs many times that. */
const MOST_WRITES = 25

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

/** A quarter took less: what else the machine does is not to be measured. */
const quarterOf = (took: number[]) => took.toSorted((a, b) => a - b)[Math.floor(took.length / 4)] ?? 0

const timed = async <T>(took: number[], run: () => Promise<T>): Promise<T> => {
  const began = performance.now()
  const result = await run()
  took.push(performance.now() - began)
  return result
}

it('costs what it claims, however much waits behind and for its time', async () => {
  const { journal, deliveries } = opened.stores
  const place = await openConversation(opened.stores)
  await journal.appendMessage(answered(place))
  const { workspace, channel, conversation } = place
  await pool.query(FILL, [workspace.id, channel.id, conversation.id, conversation.customerId])
  const [claims, outcomes, writes]: [number[], number[], number[]] = [[], [], []]
  for (let index = 0; index < CLAIMS; index++) {
    const [claimed, ...more] = await timed(claims, () => deliveries.claim(32, 60_000))
    if (!claimed || more.length > 0) throw new Error('One lane is due, and one alone')
    await timed(outcomes, () => journal.append(outcomeOf(claimed)))
    await timed(writes, () => pool.query('UPDATE workspace SET bot = bot'))
  }
  const [claim, outcome, write] = [quarterOf(claims), quarterOf(outcomes), quarterOf(writes)]
  const figures = [claim, outcome, write].map((ms) => `${ms.toFixed(1)} ms`)
  console.log(
    `${WAITING} wait: a claim ${figures[0]}, an outcome ${figures[1]}, one written row ${figures[2]}`,
  )
  expect(claim).toBeLessThan(write * MOST_WRITES)
})
