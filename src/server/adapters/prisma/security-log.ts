import type pg from 'pg'
import type { SecurityLog, SecurityNote } from '../../core/ports/security.ts'
import type { Log } from '../../core/ports/system.ts'

const FLUSH_MS = 250
const MAX_GROUP = 500
/** Notes that may wait; a flood beyond it is counted, not kept. */
const MAX_WAITING = 5_000

// A person without a workspace (a wrong password) is noted where they work: the first they were invited to, else their
// own. Tallies are written in the order of their key, so that two nodes never wait for each other.
const INSERT = `WITH given AS (
    SELECT COALESCE(g."workspaceId", (SELECT m.workspace_id FROM membership m WHERE m.user_id = g."userId"
        ORDER BY m.role = 'owner', m.workspace_id LIMIT 1)) AS workspace_id,
      g."userId" AS user_id, g.kind, g.address, g.detail, g.count, g."createdAt" AS created_at
    FROM jsonb_to_recordset($1::jsonb) AS g
      ("workspaceId" int, "userId" int, kind text, address text, detail jsonb, count int, "createdAt" timestamptz)
  ), kept AS (
    INSERT INTO security_event (workspace_id, user_id, kind, address, detail, count, created_at)
      SELECT workspace_id, user_id, kind, address, detail, count, created_at FROM given
  )
  INSERT INTO security_tally AS t (workspace_id, minute, kind, count)
    SELECT w.id, date_trunc('minute', g.created_at), g.kind, sum(g.count)
    FROM given g CROSS JOIN LATERAL (SELECT 0 AS id UNION ALL SELECT g.workspace_id WHERE g.workspace_id IS NOT NULL) w
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (workspace_id, minute, kind) DO UPDATE SET count = t.count + excluded.count`

/** Security events in PostgreSQL, written in groups, with what they add up to. */
export function createSecurityLog(pool: pg.Pool, log: Log): SecurityLog & { close(): Promise<void> } {
  let waiting: (SecurityNote & { createdAt: Date })[] = []
  let dropped = 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const flush = async () => {
    timer = undefined
    if (dropped > 0) log.warn({ dropped }, 'Security events came faster than they could be written')
    dropped = 0
    while (waiting.length > 0) {
      const group = waiting.slice(0, MAX_GROUP)
      waiting = waiting.slice(MAX_GROUP)
      await pool
        .query(INSERT, [JSON.stringify(group.map((event) => ({ count: 1, ...event })))])
        .catch((err) => log.error({ err, lost: group.length }, 'Security events could not be written'))
    }
  }
  const schedule = () => {
    timer ??= setTimeout(() => {
      writing = writing.then(flush)
    }, FLUSH_MS)
  }
  return {
    note(event) {
      if (waiting.length >= MAX_WAITING) dropped++
      else waiting.push({ ...event, createdAt: new Date() })
      schedule()
    },
    async close() {
      clearTimeout(timer)
      await writing
      await flush()
    },
  }
}
