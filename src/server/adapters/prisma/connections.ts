import type pg from 'pg'
import type { ConnectionKind } from '../../contract/connection.ts'
import type {
  ConnectionNote,
  ConnectionScope,
  Connections,
  StoredConnection,
} from '../../core/ports/connections.ts'
import { UUID } from './uuid.ts'

/** Open sockets in PostgreSQL, where nodes that share no Redis meet too. */
export const createConnections = (pool: pg.Pool): Connections => ({
  report: async ({ node, open, closed }) => {
    const values = [node.id, node.name, JSON.stringify(open.map(toRow)), closed]
    const { rows } = await pool.query<{ was_forgotten: boolean; ending: string[] }>(REPORT, values)
    return { wasForgotten: rows[0]?.was_forgotten ?? false, ending: rows[0]?.ending ?? [] }
  },
  leave: async (nodeId) => {
    await pool.query('DELETE FROM live_node WHERE id = $1', [nodeId])
  },
  list: async (scope, limit) => {
    const { rows } = await pool.query<Row>(
      `${SELECT} WHERE ${IN_SCOPE} ORDER BY c.opened_at DESC, c.id LIMIT $3`,
      [...scopeOf(scope), limit],
    )
    return rows.map(toConnection)
  },
  count: async (scope) => {
    const { rows } = await pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${FROM} WHERE ${IN_SCOPE}`,
      scopeOf(scope),
    )
    return rows[0]?.count ?? 0
  },
  find: async (id) => {
    if (!UUID.test(id)) return null
    const { rows } = await pool.query<Row>(`${SELECT} WHERE c.id = $1`, [id])
    return rows[0] ? toConnection(rows[0]) : null
  },
  askEnd: async (id) => {
    if (!UUID.test(id)) return false
    const asked = await pool.query('UPDATE live_connection SET end_asked_at = now() WHERE id = $1', [id])
    return asked.rowCount === 1
  },
})

// A lease of 35 s, renewed every ten: of most beats only the sockets that are to end are read. Two nodes that come back
// at once would wait for each other's row; whoever is locked is not gone.
const REPORT = `
  WITH alive AS (
    INSERT INTO live_node AS n (id, name, seen_till) VALUES ($1, $2, now() + interval '35 s')
    ON CONFLICT (id) DO UPDATE SET seen_till = excluded.seen_till WHERE n.seen_till < now() + interval '25 s'
    RETURNING xmax = 0 AS is_new
  ), dead AS (
    DELETE FROM live_node WHERE id IN (
      SELECT id FROM live_node WHERE seen_till < now() AND id <> $1 FOR UPDATE SKIP LOCKED)
  ), closed AS (
    DELETE FROM live_connection WHERE node_id = $1 AND id = ANY ($4::uuid[])
  ), reported AS (
    INSERT INTO live_connection (id, node_id, kind, user_id, session_id, workspace_ids, conversation_id, address,
      user_agent, opened_at, lag_bytes)
    SELECT r.id, $1, r.kind, r.user_id, r.session_id, r.workspace_ids, r.conversation_id, r.address, r.user_agent,
      r.opened_at, r.lag_bytes
    FROM jsonb_to_recordset($3::jsonb) AS r (id uuid, kind text, user_id int, session_id uuid, workspace_ids int[],
      conversation_id text, address text, user_agent text, opened_at timestamptz, lag_bytes int)
    ON CONFLICT (id) DO UPDATE SET lag_bytes = excluded.lag_bytes
  )
  SELECT coalesce((SELECT is_new FROM alive), false) AS was_forgotten,
    ARRAY(SELECT id::text FROM live_connection WHERE node_id = $1 AND end_asked_at IS NOT NULL) AS ending`

const FROM = `live_connection c
  JOIN live_node n ON n.id = c.node_id AND n.seen_till > now()
  JOIN "user" u ON u.id = c.user_id`

const SELECT = `SELECT c.id, c.kind, c.user_id, c.session_id, c.workspace_ids, c.conversation_id, c.address, c.user_agent,
    c.opened_at, c.lag_bytes, n.name AS node,
    coalesce(nullif(btrim(btrim(u.first_name) || ' ' || btrim(u.last_name)), ''), u.email) AS user_name,
    ARRAY(SELECT w.name FROM workspace w WHERE w.id = ANY (c.workspace_ids) ORDER BY w.id) AS workspaces,
    (SELECT coalesce(nullif(concat_ws(' ', k.first_name, k.last_name), ''), k.username, '')
     FROM conversation v JOIN customer k ON k.id = v.customer_id WHERE v.id = c.conversation_id) AS customer
  FROM ${FROM}`

const IN_SCOPE = '($1::int[] IS NULL OR c.workspace_ids && $1 OR c.user_id = $2)'

const scopeOf = (scope: ConnectionScope) =>
  scope === 'instance' ? [null, null] : [scope.workspaceIds, scope.userId]

const toRow = (note: ConnectionNote) => ({
  id: note.id,
  kind: note.kind,
  user_id: note.userId,
  session_id: note.sessionId,
  workspace_ids: note.workspaceIds,
  conversation_id: note.conversationId,
  address: note.address,
  user_agent: note.userAgent,
  opened_at: new Date(note.openedAt).toISOString(),
  lag_bytes: note.lagBytes,
})

interface Row {
  id: string
  kind: ConnectionKind
  user_id: number
  session_id: string
  workspace_ids: number[]
  conversation_id: string | null
  address: string
  user_agent: string
  opened_at: Date
  lag_bytes: number
  node: string
  user_name: string
  workspaces: string[]
  customer: string | null
}

const toConnection = (row: Row): StoredConnection => ({
  id: row.id,
  kind: row.kind,
  userId: row.user_id,
  sessionId: row.session_id,
  workspaceIds: row.workspace_ids,
  conversationId: row.conversation_id,
  address: row.address,
  userAgent: row.user_agent,
  openedAt: row.opened_at.getTime(),
  lagBytes: row.lag_bytes,
  node: row.node,
  userName: row.user_name,
  workspaces: row.workspaces,
  customer: row.customer,
})
