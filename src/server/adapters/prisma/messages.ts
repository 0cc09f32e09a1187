import type pg from 'pg'
import type { Messages } from '../../core/ports.ts'
import { MESSAGE_JSON, type MessageRow, toMessage } from './rows.ts'

export function createMessages(pool: pg.Pool): Messages {
  return {
    async page(conversationId, { before, after, limit }) {
      const newest = after === undefined
      const { rows } = await pool.query<{ row: MessageRow }>(
        `SELECT ${MESSAGE_JSON} AS row FROM message m WHERE m.conversation_id = $1 AND NOT m.held
          AND m.seq < COALESCE($2, 2147483647) AND m.seq > COALESCE($3, 0) ORDER BY m.seq ${newest ? 'DESC' : 'ASC'} LIMIT $4`,
        [conversationId, before ?? null, after ?? null, limit],
      )
      const messages = rows.map(({ row }) => toMessage(row))
      return newest ? messages.reverse() : messages
    },
    async count(conversationId) {
      const { rows } = await pool.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM message WHERE conversation_id = $1 AND NOT held',
        [conversationId],
      )
      return rows[0]?.count ?? 0
    },
    async find(workspaceIds, id) {
      const { rows } = await pool.query<{ row: MessageRow }>(
        `SELECT ${MESSAGE_JSON} AS row FROM message m WHERE m.id = $1 AND m.workspace_id = ANY ($2)`,
        [id, workspaceIds],
      )
      return rows[0] ? toMessage(rows[0].row) : null
    },
  }
}
