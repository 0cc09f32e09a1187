import type pg from 'pg'
import type { LiveEvent } from '../../contract/event.ts'
import type { Erasure } from '../../core/ports/erasure.ts'
import { EVENT_SQL, type EventRow, toLiveEvent } from './events.ts'

// Rows from before the sender was kept with the event, and events that are no message: only the text tells whose they are.
// One that waits to be processed is left alone, for it may be somebody else's message.
const FORGET_RAW = `WITH k AS (SELECT channel_id, source_id FROM customer WHERE id = $1 AND workspace_id = $2 AND erased_at IS NULL), seen AS (
    SELECT e.id FROM inbound_event e JOIN k ON k.channel_id = e.channel_id WHERE e.id > $3 ORDER BY e.id LIMIT $4
  ), emptied AS (
    UPDATE inbound_event e SET raw = '' FROM seen, k
    WHERE e.id = seen.id AND e.source_id IS NULL AND e.processed_at IS NOT NULL AND length(k.source_id) > 0
      AND e.raw ~ ('(^|[^0-9A-Za-z])' || regexp_replace(k.source_id, '([^0-9A-Za-z])', '\\\\\\1', 'g') || '($|[^0-9A-Za-z])')
  )
  SELECT max(id) AS last, count(*)::int AS seen FROM seen`

const EMPTY_EVENTS = `UPDATE event SET data = data - 'result'
  WHERE workspace_id = $1 AND seq > $2 AND seq <= $3 AND conversation_id = ANY ($4) AND data ? 'result'`

const EMPTY_NOTES = `UPDATE security_event SET detail = '{}' WHERE workspace_id = $1 AND detail <> '{}'
  AND (detail->>'customerId' = $2 OR detail->>'conversationId' = ANY ($3))`

/** Erasing customers on PostgreSQL; the statements that lock stand in the migration. */
export function createErasure(pool: pg.Pool): Erasure {
  const told = async (workspaceId: number, rows: { event_seq: string }[]): Promise<LiveEvent | null> =>
    rows[0] ? readEvent(pool, workspaceId, rows[0].event_seq) : null
  return {
    async forgetRaw({ workspaceId, customerId }, after, limit) {
      const values = [customerId, workspaceId, after, limit]
      const { rows } = await pool.query<{ last: string | null; seen: number }>(FORGET_RAW, values)
      return rows[0] && rows[0].seen >= limit ? rows[0].last : null
    },
    async begin({ workspaceId, customerId }, digest) {
      const sql = 'SELECT event_seq FROM begin_erasure($1, $2, $3)'
      return told(workspaceId, (await pool.query(sql, [workspaceId, customerId, digest])).rows)
    },
    async conversations({ workspaceId, customerId }) {
      const { rows } = await pool.query<{ id: string; length: number }>(
        'SELECT id, last_seq AS length FROM conversation WHERE customer_id = $1 AND workspace_id = $2 ORDER BY id',
        [customerId, workspaceId],
      )
      return rows
    },
    async emptyMessages(conversationId, after, through) {
      const { rows } = await pool.query<{ emptied: number }>('SELECT erase_messages($1, $2, $3) AS emptied', [
        conversationId,
        after,
        through,
      ])
      return rows[0]?.emptied ?? 0
    },
    async emptyEvents(workspaceId, conversationIds, { after, through }) {
      await pool.query(EMPTY_EVENTS, [workspaceId, after, through, conversationIds])
    },
    async eventRange(workspaceId) {
      const { rows } = await pool.query<{ floor_seq: string; head_seq: string }>(
        'SELECT floor_seq, head_seq FROM workspace WHERE id = $1',
        [workspaceId],
      )
      return { after: Number(rows[0]?.floor_seq ?? 0), through: Number(rows[0]?.head_seq ?? 0) }
    },
    async emptySecurityNotes({ workspaceId, customerId }, conversationIds) {
      await pool.query(EMPTY_NOTES, [workspaceId, String(customerId), conversationIds])
    },
    async end({ workspaceId, customerId }) {
      const sql = 'SELECT event_seq FROM end_erasure($1, $2)'
      return told(workspaceId, (await pool.query(sql, [workspaceId, customerId])).rows)
    },
    async unfinished(before, limit) {
      const { rows } = await pool.query<{ id: number; workspace_id: number }>(
        `SELECT id, workspace_id FROM customer WHERE erased_at < to_timestamp($1::float8 / 1000) AND erasure_ended_at IS NULL ORDER BY id LIMIT $2`,
        [before, limit],
      )
      return rows.map(({ id, workspace_id }) => ({ customerId: id, workspaceId: workspace_id }))
    },
  }
}

async function readEvent(pool: pg.Pool, workspaceId: number, seq: string): Promise<LiveEvent | null> {
  const sql = `${EVENT_SQL} WHERE e.workspace_id = $1 AND e.seq = $2`
  const { rows } = await pool.query<EventRow>(sql, [workspaceId, seq])
  return rows[0] ? toLiveEvent(rows[0]) : null
}
