import type pg from 'pg'
import { DomainError } from '../../core/errors.ts'
import type {
  Attachments,
  ClaimedCopy,
  NewAttachment,
  Removal,
  StoredAttachment,
} from '../../core/ports/attachments.ts'
import { EVENT_SQL, type EventRow, toLiveEvent } from './events.ts'

const COLUMNS = `a.id, a.workspace_id AS "workspaceId", a.conversation_id AS "conversationId", a.message_id AS "messageId", a.uploader,
  a.kind, a.name, a.mime, a.size, a.width, a.height, a.duration_ms AS "durationMs", a.state, a.reason, a.has_thumb AS "hasThumb"`

const ADD = `INSERT INTO attachment (id, workspace_id, conversation_id, uploader, kind, name, mime, size, width, height, duration_ms, source)
  SELECT $1, c.workspace_id, c.id, $4, $5, $6, $7, $8, $9, $10, $11, $12 FROM conversation c WHERE c.id = $3 AND c.workspace_id = $2`

const EXPIRE = `DELETE FROM attachment WHERE id IN (SELECT id FROM attachment
  WHERE message_id IS NULL AND created_at < to_timestamp($1::float8 / 1000) ORDER BY created_at LIMIT $2)`

// The next try is the lease: whoever dies with it in hand lets it come due again.
const CLAIM = `WITH due AS (
    SELECT id FROM attachment WHERE state = 'pending' AND source IS NOT NULL AND message_id IS NOT NULL AND next_at <= now()
    ORDER BY next_at LIMIT $1 FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE attachment a SET next_at = now() + $2::float8 * interval '1 millisecond', attempts = a.attempts + 1 FROM due WHERE a.id = due.id RETURNING a.*
  )
  SELECT ${COLUMNS}, a.source, a.attempts AS attempt, c.channel_id AS "channelId" FROM taken a JOIN conversation c ON c.id = a.conversation_id`

// Where a file came from is of no use once it is here, and may open it to whoever reads that.
const FORGET_SOURCE = `UPDATE attachment SET source = NULL WHERE id = $1 AND source IS NOT NULL AND state <> 'pending'`

const REMOVALS = `SELECT id::text, key, created_at < to_timestamp($1::float8 / 1000) AS "isLast" FROM file_removal
  WHERE removed_at IS NULL OR created_at < to_timestamp($1::float8 / 1000) ORDER BY id LIMIT $2`

/** Files of messages on PostgreSQL; what takes and drops them with their messages stands in the migration. */
export const createAttachments = (pool: pg.Pool): Attachments => ({
  add: (attachment) => add(pool, attachment),
  async find(id) {
    const { rows } = await pool.query<StoredAttachment>(
      `SELECT ${COLUMNS} FROM attachment a WHERE a.id = $1`,
      [id],
    )
    return rows[0] ?? null
  },
  async list(workspaceIds, ids) {
    const sql = `SELECT ${COLUMNS} FROM attachment a WHERE a.id = ANY ($2) AND a.workspace_id = ANY ($1)`
    return (await pool.query<StoredAttachment>(sql, [workspaceIds, ids])).rows
  },
  async countUnsent(workspaceId, uploader) {
    const sql = `SELECT count(*)::int AS count FROM attachment WHERE workspace_id = $1 AND uploader = $2 AND message_id IS NULL`
    return (await pool.query<{ count: number }>(sql, [workspaceId, uploader])).rows[0]?.count ?? 0
  },
  async settle(id, to) {
    const sql = 'SELECT workspace, event_seq FROM settle_attachment($1, $2)'
    const { rows } = await pool.query<{ workspace: number; event_seq: string | null }>(sql, [id, to])
    const settled = rows[0]
    if (!settled) return null
    await pool.query(FORGET_SOURCE, [id])
    const { workspace: workspaceId, event_seq: seq } = settled
    return { workspaceId, event: seq === null ? null : await readEvent(pool, workspaceId, seq) }
  },
  async discard(workspaceId, uploader, id) {
    const sql =
      'DELETE FROM attachment WHERE id = $3 AND workspace_id = $1 AND uploader = $2 AND message_id IS NULL'
    return (await pool.query(sql, [workspaceId, uploader, id])).rowCount === 1
  },
  expireUnsent: async (before, limit) => (await pool.query(EXPIRE, [before, limit])).rowCount ?? 0,
  async claimCopies(limit, leaseMs) {
    const { rows } = await pool.query<ClaimedCopy>(CLAIM, [limit, leaseMs])
    return rows
  },
  async postponeCopy(id, delayMs) {
    const sql = `UPDATE attachment SET next_at = now() + $2::float8 * interval '1 millisecond' WHERE id = $1 AND state = 'pending'`
    await pool.query(sql, [id, delayMs])
  },
  async removals(lastBefore, limit) {
    return (await pool.query<Removal>(REMOVALS, [lastBefore, limit])).rows
  },
  async endRemoval({ id, isLast }) {
    const sql = isLast
      ? 'DELETE FROM file_removal WHERE id = $1'
      : 'UPDATE file_removal SET removed_at = now() WHERE id = $1'
    await pool.query(sql, [id])
  },
})

async function add(pool: pg.Pool, given: NewAttachment): Promise<void> {
  const { id, workspaceId, conversationId, uploader, kind, name, mime, size, width, height, durationMs } =
    given
  const values = [
    id,
    workspaceId,
    conversationId,
    uploader,
    kind,
    name,
    mime,
    size,
    width,
    height,
    durationMs,
  ]
  const added = await pool.query(ADD, [...values, given.source]).catch((cause: unknown) => {
    const isErased = cause instanceof Error && 'code' in cause && cause.code === 'PY001'
    throw isErased ? new DomainError('conflict', 'This customer was erased', { cause }) : cause
  })
  if (added.rowCount !== 1) throw new DomainError('not_found', 'Conversation not found')
}

async function readEvent(pool: pg.Pool, workspaceId: number, seq: string) {
  const { rows } = await pool.query<EventRow>(`${EVENT_SQL} WHERE e.workspace_id = $1 AND e.seq = $2`, [
    workspaceId,
    seq,
  ])
  return rows[0] ? toLiveEvent(rows[0]) : null
}
