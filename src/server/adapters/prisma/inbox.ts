import type pg from 'pg'
import type { Source } from '../../contract/customer.ts'
import { type Inbox, MAX_PARKED, type NewEvent, type RawEvent } from '../../core/ports/inbox.ts'
import { Batcher } from './batcher.ts'

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

/** Platform events as they came, in PostgreSQL: what arrives together is stored, and ended, by one statement. */
export const createInbox = (pool: pg.Pool): Inbox => {
  /** Claimed here and not done: bounded by what the processor holds at once. */
  const mine = new Set<string>()
  const records = new Batcher<NewEvent, RawEvent | null>((events) => record(pool, events))
  const ends = new Batcher<End, null>((ended) => end(pool, ended))
  return {
    record: (event) => records.add(event),
    lastReceivedAt: async (channelId) => {
      const sql = 'SELECT max(received_at) AS at FROM inbound_event WHERE channel_id = $1'
      const { rows } = await pool.query<{ at: Date | null }>(sql, [channelId])
      return rows[0]?.at?.toISOString() ?? null
    },
    claim: async (limit, leaseMs) => {
      const events = await claim(pool, claimStatement(limit, leaseMs, mine))
      for (const event of events) mine.add(event.id)
      return events
    },
    done: async (id, outcome) => {
      await ends.add({ id, outcome })
      mine.delete(id)
    },
    park: async (id, { channelId, providerId }, ttlMs) => {
      await pool.query({
        name: 'inbox_park',
        text: PARK,
        values: [id, channelId, providerId, ttlMs, MAX_PARKED],
      })
      mine.delete(id)
    },
    isParked: async ({ channelId, providerId }) => {
      const sql = 'SELECT 1 FROM parked_event WHERE channel_id = $1 AND provider_id = $2 LIMIT 1'
      return (await pool.query(sql, [channelId, providerId])).rows.length > 0
    },
    unpark: async () => {
      const { rows } = await pool.query<{ due: number; expired: number }>({
        name: 'inbox_unpark',
        text: UNPARK,
      })
      return rows[0] ?? { due: 0, expired: 0 }
    },
  }
}

// What waits is ended for the time being, so that nobody claims it and no backlog counts it.
const PARK = `WITH parked AS (
    INSERT INTO parked_event (inbound_event_id, channel_id, provider_id, expires_at)
    SELECT e.id, $2, $3, clock_timestamp() + $4::float8 * interval '1 ms' FROM inbound_event e WHERE e.id = $1 ON CONFLICT DO NOTHING
  ), given_up AS (
    DELETE FROM parked_event p WHERE p.inbound_event_id IN (
      SELECT o.inbound_event_id FROM parked_event o WHERE o.channel_id = $2 ORDER BY o.inbound_event_id DESC OFFSET $5::int - 1) RETURNING p.inbound_event_id
  )
  UPDATE inbound_event e SET processed_at = clock_timestamp(), lease_till = NULL, outcome = CASE WHEN e.id = $1 THEN 'parked' ELSE 'expired' END
  WHERE e.id = $1 OR e.id IN (SELECT inbound_event_id FROM given_up)`

const UNPARK = `WITH ready AS (
    DELETE FROM parked_event p WHERE EXISTS (SELECT 1 FROM message m WHERE m.channel_id = p.channel_id AND m.provider_id = p.provider_id) RETURNING p.inbound_event_id
  ), late AS (
    DELETE FROM parked_event p WHERE p.expires_at <= clock_timestamp()
      AND NOT EXISTS (SELECT 1 FROM message m WHERE m.channel_id = p.channel_id AND m.provider_id = p.provider_id) RETURNING p.inbound_event_id
  ), due AS (
    UPDATE inbound_event e SET processed_at = NULL, outcome = NULL FROM ready r WHERE e.id = r.inbound_event_id RETURNING e.id
  ), expired AS (
    UPDATE inbound_event e SET outcome = 'expired' FROM late l WHERE e.id = l.inbound_event_id RETURNING e.id
  )
  SELECT (SELECT count(*)::int FROM due) AS due, (SELECT count(*)::int FROM expired) AS expired`

interface End {
  id: string
  outcome: string
}

/** Stores those that are new; of equal ones that come together the first is stored. */
async function record(pool: pg.Pool, events: NewEvent[]): Promise<(RawEvent | null)[]> {
  const { rows } = await pool.query<{ id: string; channel_id: number; event_key: string }>({
    name: 'inbox_record',
    text: `INSERT INTO inbound_event (workspace_id, channel_id, event_key, raw, source_id)
      SELECT i.workspace_id, i.channel_id, i.event_key, i.raw, i.source_id
      FROM unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS i (workspace_id, channel_id, event_key, raw, source_id, ord) ORDER BY i.ord
      ON CONFLICT (channel_id, event_key) DO NOTHING RETURNING id, channel_id, event_key`,
    values: [
      events.map(({ workspaceId }) => workspaceId),
      events.map(({ channelId }) => channelId),
      events.map(({ key }) => key),
      events.map(({ raw }) => raw),
      events.map(({ sourceId }) => sourceId),
    ],
  })
  const fresh = new Map(rows.map((row) => [`${row.channel_id} ${row.event_key}`, row.id]))
  return events.map(({ workspaceId, channelId, source, key, raw }) => {
    const id = fresh.get(`${channelId} ${key}`)
    if (id === undefined) return null
    fresh.delete(`${channelId} ${key}`)
    return { id, channelId, workspaceId, source, raw }
  })
}

async function end(pool: pg.Pool, ended: End[]): Promise<null[]> {
  await pool.query({
    name: 'inbox_end',
    text: `UPDATE inbound_event e SET processed_at = clock_timestamp(), lease_till = NULL, outcome = d.outcome
      FROM unnest($1::bigint[], $2::text[]) AS d (id, outcome) WHERE e.id = d.id`,
    values: [ended.map(({ id }) => id), ended.map(({ outcome }) => outcome)],
  })
  return ended.map(() => null)
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
