import type pg from 'pg'
import type { Source } from '../../contract/customer.ts'
import type { Inbox, RawEvent } from '../../core/ports/inbox.ts'

interface Row {
  id: string
  channel_id: number
  workspace_id: number
  source: Source
  raw: string
}

const COLUMNS = 'e.id, e.channel_id, e.workspace_id, e.raw'
/** The advisory lock under which events are claimed, one claimant at a time in the whole instance. */
const CLAIM_LOCK = 7_049_101

/** Platform events as they came, in PostgreSQL. */
export const createInbox = (pool: pg.Pool): Inbox => {
  /** Claimed here and not done: bounded by what the processor holds at once. */
  const mine = new Set<string>()
  return {
    record: async ({ workspaceId, channelId, source, key, raw, sourceId }) => {
      const { rows } = await pool.query<Omit<Row, 'source'>>(
        `INSERT INTO inbound_event AS e (workspace_id, channel_id, event_key, raw, source_id) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (channel_id, event_key) DO NOTHING RETURNING ${COLUMNS}`,
        [workspaceId, channelId, key, raw, sourceId],
      )
      return rows[0] ? toEvent({ ...rows[0], source }) : null
    },
    claim: async (limit, leaseMs) => {
      const events = await claim(pool, claimStatement(limit, leaseMs, mine))
      for (const event of events) mine.add(event.id)
      return events
    },
    done: async (id, outcome) => {
      await pool.query(
        'UPDATE inbound_event SET processed_at = clock_timestamp(), lease_till = NULL, outcome = $2 WHERE id = $1',
        [id, outcome],
      )
      mine.delete(id)
    },
  }
}

// Both statements travel as one query, which makes them one transaction with a snapshot each: the claim sees what the
// claimant before it leased. A channel of which another node holds events waits for it, or a customer's later message
// could overtake the earlier one.
const claimStatement = (limit: number, leaseMs: number, mine: ReadonlySet<string>): string => `
  SELECT pg_advisory_xact_lock(${CLAIM_LOCK});
  WITH busy AS MATERIALIZED (
    SELECT DISTINCT b.channel_id FROM inbound_event b WHERE b.processed_at IS NULL AND b.lease_till > clock_timestamp()
      AND b.id <> ALL ('{${[...mine].map(BigInt).join(',')}}'::bigint[])
  ), due AS (
    SELECT d.id FROM inbound_event d
    WHERE d.processed_at IS NULL AND (d.lease_till IS NULL OR d.lease_till <= clock_timestamp())
      AND d.channel_id NOT IN (SELECT channel_id FROM busy)
    ORDER BY d.id LIMIT ${Math.trunc(limit)} FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE inbound_event e SET attempts = e.attempts + 1, lease_till = clock_timestamp() + ${Math.trunc(leaseMs)} * interval '1 ms'
    FROM due WHERE e.id = due.id RETURNING ${COLUMNS}
  )
  SELECT claimed.*, ch.source FROM claimed JOIN channel ch ON ch.id = claimed.channel_id ORDER BY claimed.id`

async function claim(pool: pg.Pool, statement: string): Promise<RawEvent[]> {
  // A query of several statements answers one result each, which the driver's types do not know.
  const results = (await pool.query(statement)) as unknown as pg.QueryResult<Row>[]
  return (results.at(-1)?.rows ?? []).map(toEvent)
}

const toEvent = (row: Row): RawEvent => ({
  id: row.id,
  channelId: row.channel_id,
  workspaceId: row.workspace_id,
  source: row.source,
  raw: row.raw,
})
