import type pg from 'pg'
import { SecurityKind } from '../../contract/security.ts'
import type { EventScope, KindCounts, PlaceScope, Reports, SecurityEvent } from '../../core/ports/reports.ts'

const MINUTE_MS = 60_000

type Counted = { kind: SecurityKind; count: number }

// Whole minutes come from the tallies, the part of one at the beginning from the events themselves. $1: the workspaces,
// 0 being the instance; $2: since; $3: the first whole minute; $4: the person, whose events elsewhere count too.
const COUNTS = `SELECT kind, sum(count)::int AS count FROM (
    SELECT kind, count FROM security_tally WHERE workspace_id = ANY ($1) AND minute >= $3
    UNION ALL
    SELECT kind, count FROM security_event WHERE created_at >= $2 AND created_at < $3 AND (0 = ANY ($1) OR workspace_id = ANY ($1))
    UNION ALL
    SELECT kind, count FROM security_event WHERE user_id = $4 AND created_at >= $2 AND NOT COALESCE(workspace_id = ANY ($1), false)
  ) found GROUP BY kind`

const SERIES = `SELECT (floor(extract(epoch FROM minute) * 1000 / $3) * $3)::float8 AS at, kind, sum(count)::int AS count
  FROM security_tally WHERE workspace_id = ANY ($1) AND minute >= $2 GROUP BY 1, 2 ORDER BY 1, 2`

const COLUMNS = `e.id, e.created_at, e.kind, e.count, e.workspace_id, e.user_id, e.address, e.detail,
  (SELECT COALESCE(NULLIF(trim(u.first_name || ' ' || u.last_name), ''), u.email) FROM "user" u WHERE u.id = e.user_id) AS name`

// One walk down an index for each kind and place: a rare kind among a million others is found as fast.
const ANYWHERE = `SELECT ${COLUMNS} FROM unnest($1::text[]) AS k (kind) CROSS JOIN LATERAL (
    SELECT * FROM security_event e WHERE e.kind = k.kind AND e.id < $2 ORDER BY e.id DESC LIMIT $3) e
  ORDER BY e.id DESC LIMIT $3`
const SOMEWHERE = `SELECT ${COLUMNS} FROM unnest($1::text[]) AS k (kind) CROSS JOIN unnest($4::int[]) AS w (id) CROSS JOIN LATERAL (
    SELECT * FROM security_event e WHERE e.workspace_id = w.id AND e.kind = k.kind AND e.id < $2 ORDER BY e.id DESC LIMIT $3) e
  ORDER BY e.id DESC LIMIT $3`
const OF_PERSON = `SELECT ${COLUMNS} FROM security_event e WHERE e.user_id = $1 AND e.workspace_id = ANY ($2)
  ORDER BY e.created_at DESC, e.id DESC LIMIT $3`

// By the conversations that changed: an index of messages by person cost every send a twentieth of its time.
const ACTIVITY = `SELECT
  (SELECT count(*)::int FROM conversation c JOIN message m ON m.conversation_id = c.id WHERE c.workspace_id = ANY ($1)
    AND c.updated_at >= $3 AND m.sender_user_id = $2 AND m.type = 'support' AND m.created_at >= $3) AS sent,
  (SELECT count(*)::int FROM conversation WHERE workspace_id = ANY ($1) AND updated_at >= $3) AS active`

const NEWEST = '9223372036854775807'

/** Figures and events of PostgreSQL. */
export function createReports(pool: pg.Pool): Reports {
  const events = async (sql: string, values: unknown[]) =>
    (await pool.query<EventRow>(sql, values)).rows.map(toEvent)
  return {
    async counts(scope, since) {
      const minute = Math.ceil(since / MINUTE_MS) * MINUTE_MS
      const values = [placesOf(scope), new Date(since), new Date(minute), personOf(scope)]
      const { rows } = await pool.query<Counted>(COUNTS, values)
      return toCounts(rows)
    },
    async series(scope, { since, stepMs }) {
      const values = [placesOf(scope), new Date(since), stepMs]
      return (await pool.query<Counted & { at: number }>(SERIES, values)).rows
    },
    events(scope, { kinds = SecurityKind.options, before = NEWEST, limit }) {
      const values = [kinds, before, limit]
      return scope === 'instance'
        ? events(ANYWHERE, values)
        : events(SOMEWHERE, [...values, scope.workspaceIds])
    },
    eventsOf: (userId, workspaceIds, limit) => events(OF_PERSON, [userId, workspaceIds, limit]),
    async activity(workspaceIds, { userId, since }) {
      const values = [workspaceIds, userId, new Date(since)]
      const { rows } = await pool.query<{ sent: number; active: number }>(ACTIVITY, values)
      return { messagesSent: rows[0]?.sent ?? 0, activeConversations: rows[0]?.active ?? 0 }
    },
  }
}

const placesOf = (scope: PlaceScope) => (scope === 'instance' ? [0] : scope.workspaceIds)
const personOf = (scope: EventScope) => (scope === 'instance' ? null : scope.userId)

const toCounts = (rows: Counted[]): KindCounts => {
  const counts = Object.fromEntries(SecurityKind.options.map((kind) => [kind, 0])) as KindCounts
  for (const { kind, count } of rows) counts[kind] = count
  return counts
}

interface EventRow {
  id: string
  created_at: Date
  kind: SecurityKind
  count: number
  workspace_id: number | null
  user_id: number | null
  name: string | null
  address: string
  detail: Record<string, unknown>
}

const toEvent = ({ id, created_at, workspace_id, user_id, name, ...row }: EventRow): SecurityEvent => ({
  id: String(id),
  at: created_at.toISOString(),
  kind: row.kind,
  count: row.count,
  workspaceId: workspace_id,
  user: user_id === null ? null : { id: user_id, name: name ?? '' },
  address: row.address,
  detail: row.detail,
})
