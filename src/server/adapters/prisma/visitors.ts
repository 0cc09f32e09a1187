import type pg from 'pg'
import type { ReplyTimes, Visitors, VisitorThread } from '../../core/ports/visitors.ts'

/** Conversations whose answers are looked at, and messages of each. */
const MAX_CONVERSATIONS = 300
const MAX_MESSAGES = 200

interface ThreadRow {
  customer_id: number
  first_name: string | null
  last_name: string | null
  email: string | null
  conversation_id: string | null
  last_seq: number | null
  answered_seq: number | null
  seen_seq: number | null
  unread: number
}

/** What websites ask of PostgreSQL about their visitors. */
export function createVisitors(pool: pg.Pool): Visitors {
  return {
    async find({ workspaceId, channelId, sourceId }) {
      const { rows } = await pool.query<ThreadRow>({
        name: 'visitor_thread',
        text: `SELECT k.id AS customer_id, k.first_name, k.last_name, k.email, c.id AS conversation_id, c.last_seq, c.answered_seq, c.seen_seq,
          (SELECT count(*)::int FROM message m WHERE m.conversation_id = c.id AND m.seq > c.seen_seq AND m.type <> 'customer' AND NOT m.held AND m.deleted_at IS NULL) AS unread
          FROM customer k LEFT JOIN LATERAL (SELECT v.* FROM conversation v WHERE v.customer_id = k.id AND v.channel_id = k.channel_id
            ORDER BY (v.status <> 'closed') DESC, v.updated_at DESC LIMIT 1) c ON true
          WHERE k.workspace_id = $1 AND k.channel_id = $2 AND k.source_id = $3`,
        values: [workspaceId, channelId, sourceId],
      })
      return rows[0] ? toThread(rows[0]) : null
    },
    async adopt({ workspaceId, channelId, sourceId: from }, sourceId) {
      try {
        const { rowCount } = await pool.query(
          `UPDATE customer k SET source_id = $4, updated_at = date_trunc('milliseconds', clock_timestamp())
            WHERE k.workspace_id = $1 AND k.channel_id = $2 AND k.source_id = $3 AND k.erased_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM customer o WHERE o.workspace_id = $1 AND o.channel_id = $2 AND o.source_id = $4)`,
          [workspaceId, channelId, from, sourceId],
        )
        return rowCount === 1
      } catch (error) {
        // Another of their windows was first.
        if (isTaken(error)) return false
        throw error
      }
    },
    async isAllowedSomewhere(origin) {
      const { rowCount } = await pool.query(
        `SELECT 1 FROM channel WHERE source = 'website' AND deleted_at IS NULL AND settings->'allowedOrigins' ? $1 LIMIT 1`,
        [origin],
      )
      return rowCount === 1
    },
    replyTimes: (channelId, since) => replyTimes(pool, channelId, since),
  }
}

const UNIQUE_VIOLATION = '23505'
const isTaken = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION

/** A wait begins with the first message that a customer left unanswered, and ends with a person's next one. */
async function replyTimes(pool: pg.Pool, channelId: number, since: number): Promise<ReplyTimes> {
  const { rows } = await pool.query<{ count: number; median: number | null }>(
    `WITH newest AS (
       SELECT c.id FROM conversation c JOIN channel ch ON ch.id = c.channel_id
       WHERE c.workspace_id = ch.workspace_id AND c.channel_id = $1 AND c.updated_at >= $2 ORDER BY c.updated_at DESC LIMIT ${MAX_CONVERSATIONS}
     ), turns AS (
       SELECT m.*, m.type = 'customer' AND lag(m.type) OVER w IS DISTINCT FROM 'customer' AS asks, m.type = 'support' AND lag(m.type) OVER w = 'customer' AS answers
       FROM newest n CROSS JOIN LATERAL (SELECT v.conversation_id, v.seq, v.type, v.created_at FROM message v
         WHERE v.conversation_id = n.id AND NOT v.held ORDER BY v.seq DESC LIMIT ${MAX_MESSAGES}) m
       WINDOW w AS (PARTITION BY m.conversation_id ORDER BY m.seq)
     ), waits AS (
       SELECT t.answers, t.created_at, t.created_at - max(t.created_at) FILTER (WHERE t.asks) OVER (PARTITION BY t.conversation_id ORDER BY t.seq) AS wait FROM turns t
     )
     SELECT count(*)::int AS count, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM wait)) AS median
     FROM waits WHERE answers AND wait IS NOT NULL AND created_at >= $2`,
    [channelId, new Date(since)],
  )
  return { count: rows[0]?.count ?? 0, medianSeconds: rows[0]?.median ?? 0 }
}

const toThread = (row: ThreadRow): VisitorThread => ({
  customerId: row.customer_id,
  name: [row.first_name, row.last_name].filter(Boolean).join(' ') || null,
  email: row.email,
  conversationId: row.conversation_id,
  lastSeq: row.last_seq ?? 0,
  answeredSeq: row.answered_seq ?? 0,
  seenSeq: row.seen_seq ?? 0,
  unread: row.unread,
})
