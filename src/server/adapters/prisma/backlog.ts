import type pg from 'pg'
import type { Backlog } from '../../core/ports/metrics.ts'

// Both read partial indexes, which hold what waits and nothing else.
const OUTBOX = `SELECT count(*)::int AS due, COALESCE(extract(epoch FROM now() - min(next_at)), 0)::float8 AS age
  FROM delivery WHERE state IN ('queued', 'sending') AND state = 'queued' AND next IS DISTINCT FROM 'reconnection' AND next_at <= now()`
const INBOX = `SELECT count(*)::int AS due, COALESCE(extract(epoch FROM now() - min(received_at)), 0)::float8 AS age
  FROM inbound_event WHERE processed_at IS NULL`

const QUEUES = `SELECT COALESCE(jsonb_object_agg(q.source, q.waiting), '{}') AS queues FROM (
  SELECT ch.source, count(*) AS waiting FROM delivery d JOIN channel ch ON ch.id = d.channel_id WHERE d.state IN ('queued', 'sending') GROUP BY 1) q`

/** What waits in PostgreSQL. */
export function createBacklog(pool: pg.Pool): Backlog {
  const read = async (sql: string) =>
    (await pool.query<{ due: number; age: number }>(sql)).rows[0] ?? { due: 0, age: 0 }
  const queues = async () =>
    (await pool.query<{ queues: Record<string, number> }>(QUEUES)).rows[0]?.queues ?? {}
  return { outbox: () => read(OUTBOX), inbox: () => read(INBOX), queues }
}
