import type pg from 'pg'
import type { Conversation, ListConversations } from '../../contract/conversation.ts'
import type { Tag } from '../../contract/customer.ts'
import type { Conversations } from '../../core/ports.ts'
import {
  CONVERSATION_JSON,
  type ConversationRow,
  type CustomerRow,
  type MessageRow,
  toConversationState,
  toCustomer,
  toMessage,
} from './rows.ts'

type FullRow = ConversationRow & { customer: CustomerRow; tags: Tag[]; last_message: MessageRow | null }

const VIEWS = {
  open: `AND c.status <> 'closed'`,
  unread: `AND c.status <> 'closed' AND c.unread_count > 0`,
  closed: `AND c.status = 'closed'`,
  all: '',
}

const SEARCH = `AND (c.title ILIKE $2 OR EXISTS (SELECT 1 FROM customer k WHERE k.id = c.customer_id AND
  (k.first_name ILIKE $2 OR k.last_name ILIKE $2 OR k.username ILIKE $2 OR k.email ILIKE $2 OR concat_ws(' ', k.first_name, k.last_name) ILIKE $2))
  OR EXISTS (SELECT 1 FROM message x WHERE x.conversation_id = c.id AND lower(x.content) LIKE lower($2)))`

export function createConversations(pool: pg.Pool): Conversations {
  return {
    list: (workspaceId, query) => list(pool, workspaceId, query),
    async counts(workspaceId) {
      const { rows } = await pool.query<{ open: number; unread: number; closed: number }>(
        `SELECT count(*) FILTER (WHERE status <> 'closed')::int AS open,
          count(*) FILTER (WHERE status <> 'closed' AND unread_count > 0)::int AS unread,
          count(*) FILTER (WHERE status = 'closed')::int AS closed FROM conversation WHERE workspace_id = $1`,
        [workspaceId],
      )
      return rows[0] ?? { open: 0, unread: 0, closed: 0 }
    },
    async find(workspaceIds, id) {
      const { rows } = await pool.query<{ row: FullRow }>(
        `SELECT ${CONVERSATION_JSON} AS row FROM conversation c WHERE c.id = $1 AND c.workspace_id = ANY ($2)`,
        [id, workspaceIds],
      )
      return rows[0] ? { ...toConversation(rows[0].row), workspaceId: rows[0].row.workspace_id } : null
    },
    async page(workspaceIds, { offset, limit }) {
      const { rows } = await pool.query<{ row: FullRow }>(
        `SELECT ${CONVERSATION_JSON} AS row FROM conversation c WHERE c.workspace_id = ANY ($1) ORDER BY c.updated_at DESC, c.id DESC OFFSET $2 LIMIT $3`,
        [workspaceIds, offset, limit],
      )
      const { rows: total } = await pool.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM conversation WHERE workspace_id = ANY ($1)',
        [workspaceIds],
      )
      return { rows: rows.map(({ row }) => toConversation(row)), total: total[0]?.count ?? 0 }
    },
  }
}

async function list(pool: pg.Pool, workspaceId: number, { view, search, after, limit }: ListConversations) {
  const pattern = search ? `%${search.replace(/[\\%_]/g, '\\$&')}%` : null
  const { rows } = await pool.query<{ row: FullRow }>(
    `SELECT ${CONVERSATION_JSON} AS row FROM conversation c WHERE c.workspace_id = $1 ${VIEWS[view]}
      ${pattern === null ? 'AND $2::text IS NULL' : SEARCH} AND ($3::timestamptz IS NULL OR (c.updated_at, c.id) < ($3, $4))
      ORDER BY c.updated_at DESC, c.id DESC LIMIT $5`,
    [workspaceId, pattern, after?.updatedAt ?? null, after?.id ?? null, limit + 1],
  )
  return { rows: rows.slice(0, limit).map(({ row }) => toConversation(row)), hasMore: rows.length > limit }
}

const toConversation = (row: FullRow): Conversation => ({
  ...toConversationState(row),
  customer: toCustomer(row.customer, row.tags),
  lastMessage: row.last_message ? toMessage(row.last_message) : null,
})
