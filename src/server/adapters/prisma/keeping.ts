import type pg from 'pg'
import type { Expired, Keeping } from '../../core/ports/keeping.ts'

const PREVIEW = `WITH gone AS (
    SELECT c.id, c.customer_id, c.last_seq, c.updated_at FROM conversation c
    WHERE c.workspace_id = $1 AND c.status = 'closed' AND c.updated_at < to_timestamp($2::float8 / 1000)
  )
  SELECT count(*)::int AS conversations, COALESCE(sum(last_seq), 0)::int AS messages, min(updated_at) AS oldest, max(updated_at) AS newest,
    (SELECT count(*)::int FROM conversation c WHERE c.workspace_id = $1) AS total,
    (SELECT count(*)::int FROM (SELECT DISTINCT customer_id FROM gone) g WHERE NOT EXISTS (
      SELECT 1 FROM conversation c WHERE c.customer_id = g.customer_id AND (c.status <> 'closed' OR c.updated_at >= to_timestamp($2::float8 / 1000)))) AS customers
  FROM gone`

interface PreviewRow extends Expired {
  total: number
  oldest: Date | null
  newest: Date | null
}

/** How long workspaces keep closed conversations, on PostgreSQL. */
export const createKeeping = (pool: pg.Pool): Keeping => ({
  async days(workspaceId) {
    const sql = 'SELECT retention_days AS days FROM workspace WHERE id = $1'
    return (await pool.query<{ days: number | null }>(sql, [workspaceId])).rows[0]?.days ?? null
  },
  async setDays(workspaceId, days) {
    await pool.query('UPDATE workspace SET retention_days = $2 WHERE id = $1', [workspaceId, days])
  },
  async limited() {
    const sql = `SELECT id AS "workspaceId", retention_days AS days FROM workspace WHERE retention_days IS NOT NULL ORDER BY id`
    return (await pool.query<{ workspaceId: number; days: number }>(sql)).rows
  },
  async preview(workspaceId, before) {
    const { rows } = await pool.query<PreviewRow>(PREVIEW, [workspaceId, before])
    const { conversations = 0, messages = 0, customers = 0, total = 0, oldest, newest } = rows[0] ?? {}
    const dates = { oldest: oldest?.toISOString() ?? null, newest: newest?.toISOString() ?? null }
    return { conversations, messages, customers, ofConversations: total, ...dates }
  },
  async expire(workspaceId, before, limit) {
    const sql = 'SELECT * FROM expire_conversations($1, to_timestamp($2::float8 / 1000), $3)'
    const { rows } = await pool.query<Expired>(sql, [workspaceId, before, limit])
    return rows[0] ?? { conversations: 0, messages: 0, customers: 0 }
  },
})
