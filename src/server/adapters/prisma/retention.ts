import type pg from 'pg'
import type { Retention } from '../../core/ports/retention.ts'

// A log is pruned from its old end: the last event to go is found by the primary key, and readers below the new floor
// are told to start again.
const EVENTS = `WITH old AS (
    SELECT e.workspace_id, e.seq FROM workspace w CROSS JOIN LATERAL
      (SELECT e.workspace_id, e.seq, e.created_at FROM event e WHERE e.workspace_id = w.id ORDER BY e.seq LIMIT $2) e
    WHERE e.created_at < to_timestamp($1::float8 / 1000) LIMIT $2
  ), floors AS (
    UPDATE workspace w SET floor_seq = greatest(w.floor_seq, o.seq)
    FROM (SELECT workspace_id, max(seq) AS seq FROM old GROUP BY workspace_id) o WHERE w.id = o.workspace_id
  )
  DELETE FROM event e USING old o WHERE e.workspace_id = o.workspace_id AND e.seq = o.seq`

const TOKENS = `DELETE FROM refresh_token WHERE id IN
  (SELECT id FROM refresh_token WHERE refresh_expires_at < to_timestamp($1::float8 / 1000) LIMIT $2)`
const SESSIONS = `DELETE FROM session WHERE id IN
  (SELECT id FROM session WHERE expires_at < to_timestamp($1::float8 / 1000) LIMIT $2)`
const INVITATIONS = `DELETE FROM invitation WHERE id IN
  (SELECT id FROM invitation WHERE expires_at < to_timestamp($1::float8 / 1000) LIMIT $2)`
const INBOUND = `DELETE FROM inbound_event WHERE id IN
  (SELECT id FROM inbound_event WHERE processed_at IS NOT NULL AND received_at < to_timestamp($1::float8 / 1000) ORDER BY id LIMIT $2)`

const SECURITY = `DELETE FROM security_event WHERE id IN
  (SELECT id FROM security_event WHERE created_at < to_timestamp($1::float8 / 1000) ORDER BY created_at LIMIT $2)`
const TALLIES = `DELETE FROM security_tally WHERE ctid IN
  (SELECT ctid FROM security_tally WHERE minute < to_timestamp($1::float8 / 1000) LIMIT $2)`
const BLOCKED = `DELETE FROM blocked_ip WHERE id IN
  (SELECT id FROM blocked_ip WHERE expires_at < to_timestamp($1::float8 / 1000) LIMIT $2)`

/** Removes what is past its time from PostgreSQL. */
export function createRetention(pool: pg.Pool): Retention {
  const run = async (sql: string, at: number, limit: number) =>
    (await pool.query(sql, [at, limit])).rowCount ?? 0
  return {
    pruneEvents: (before, limit) => run(EVENTS, before, limit),
    pruneInbound: (before, limit) => run(INBOUND, before, limit),
    async pruneSecurity(before, limit) {
      const counts = [
        await run(SECURITY, before, limit),
        await run(TALLIES, before, limit),
        await run(BLOCKED, before, limit),
      ]
      return Math.max(...counts)
    },
    async pruneSignIns(now, limit) {
      const counts = [
        await run(TOKENS, now, limit),
        await run(SESSIONS, now, limit),
        await run(INVITATIONS, now, limit),
      ]
      return Math.max(...counts)
    },
  }
}
