import type pg from 'pg'
import type { Conversation } from '../../contract/conversation.ts'
import type { MessageFilter } from '../../contract/filters.ts'
import type { Page } from '../../core/ports/conversations.ts'
import type { MessageRecord, Messages } from '../../core/ports/messages.ts'
import { type FullRow, toConversation } from './conversations.ts'
import { CONVERSATION_JSON, MESSAGE_JSON, type MessageRow, toInstant, toMessage } from './rows.ts'
import { containing, readPage, Where } from './where.ts'

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
    async slice(conversationId, { upTo, offset, limit }) {
      const { rows } = await pool.query<{ count: number; newest: number | null; row: MessageRow | null }>(
        `WITH matching AS MATERIALIZED (SELECT count(*)::int AS count, max(m.seq) AS newest FROM message m WHERE m.conversation_id = $1 AND NOT m.held AND m.seq <= COALESCE($2, 2147483647))
          SELECT matching.count, matching.newest, page.row FROM matching LEFT JOIN LATERAL (SELECT ${MESSAGE_JSON} AS row FROM message m
            WHERE m.conversation_id = $1 AND NOT m.held AND m.seq <= COALESCE($2, 2147483647) ORDER BY m.seq DESC OFFSET $3 LIMIT $4) page ON true`,
        [conversationId, upTo, offset, limit],
      )
      const messages = rows.flatMap(({ row }) => (row ? toMessage(row) : [])).reverse()
      return { messages, count: rows[0]?.count ?? 0, upTo: rows[0]?.newest ?? 0 }
    },
    async find(workspaceIds, id) {
      const { rows } = await pool.query<{ row: MessageRow }>(
        `SELECT ${MESSAGE_JSON} AS row FROM message m WHERE m.id = $1 AND m.workspace_id = ANY ($2) AND NOT m.held`,
        [id, workspaceIds],
      )
      return rows[0] ? toMessage(rows[0].row) : null
    },
    async lastCustomerAt(conversationId) {
      const { rows } = await pool.query<{ at: Date | null }>('SELECT last_customer_at($1) AS at', [
        conversationId,
      ])
      return rows[0]?.at?.toISOString() ?? null
    },
    async isStored(conversationId, sender, clientId) {
      const { rowCount } = await pool.query(
        'SELECT 1 FROM message WHERE conversation_id = $1 AND sender = $2 AND client_id = $3',
        [conversationId, sender, clientId],
      )
      return rowCount === 1
    },
    async findByProviderId(channelId, providerId) {
      const { rows } = await pool.query<{ row: MessageRow & { held: boolean } }>({
        name: 'message_by_provider',
        text: `SELECT ${MESSAGE_JSON} AS row FROM message m WHERE m.channel_id = $1 AND m.provider_id = $2`,
        values: [channelId, providerId],
      })
      return rows[0] ? { message: toMessage(rows[0].row), isHeld: rows[0].row.held } : null
    },
    async edits(id) {
      const { rows } = await pool.query<{ content: string; edited_at: Date }>(
        'SELECT content, edited_at FROM message_edit WHERE message_id = $1 ORDER BY number',
        [id],
      )
      return rows.map(({ content, edited_at }) => ({ content, editedAt: toInstant(edited_at) }))
    },
    search: (workspaceIds, filter, page) => search(pool, workspaceIds, { filter, page }),
  }
}

interface Search {
  filter: MessageFilter
  page: Page
}

type RecordRow = MessageRow & {
  metadata: Record<string, unknown>
  input_tokens: number
  output_tokens: number
}

async function search(pool: pg.Pool, workspaceIds: number[], { filter, page }: Search) {
  const where = new Where(workspaceIds)
    .and('m.workspace_id = ANY ($1) AND NOT m.held')
    .and('m.conversation_id = ?', filter.conversationId)
    .and('m.type = ?', filter.type)
    .and("(m.type = 'AI') = ?", filter.isAiResponse)
    .and("(m.type = 'customer' AND m.seq <= c.answered_seq) = ?", filter.isAnswered)
    .and('m.created_at <= ?', filter.asOf)
    .and('m.created_at = ?', filter.createdAt)
    .and('lower(m.content) LIKE lower(?)', containing(filter.search))
  const direction = filter.isDescending ? 'DESC' : 'ASC'
  const order = `m.created_at ${direction}, m.conversation_id ${direction}, m.seq ${direction}`
  const from = `FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE true ${where.sql}`
  const found = await readPage<{ message: RecordRow; conversation: FullRow }>(pool, {
    from,
    alias: 'm',
    rows: `SELECT jsonb_build_object('message', ${MESSAGE_JSON}, 'conversation', ${CONVERSATION_JSON}) AS row FROM
      (SELECT m.* ${from} ORDER BY ${order} OFFSET ${page.offset} LIMIT ${page.limit}) m
      JOIN conversation c ON c.id = m.conversation_id ORDER BY ${order}`,
    values: where.values,
  })
  const rows = found.rows.map(({ message, conversation }) => toRecord(message, toConversation(conversation)))
  return { ...found, rows }
}

const toRecord = (row: RecordRow, conversation: Conversation): MessageRecord => ({
  ...toMessage(row),
  metadata: row.metadata,
  inputTokens: row.input_tokens,
  outputTokens: row.output_tokens,
  conversation,
})
