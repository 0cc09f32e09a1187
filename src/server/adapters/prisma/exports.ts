import type pg from 'pg'
import type { ExportedConversation, ExportedMessage } from '../../contract/export.ts'
import type { Exports } from '../../core/ports/exports.ts'
import { type ConversationRow, type MessageRow, toConversationState, toInstant, toMessage } from './rows.ts'

const NAME = (user: string) => `NULLIF(trim(${user}.first_name || ' ' || ${user}.last_name), '')`

const CONVERSATIONS = `SELECT to_jsonb(c) || jsonb_build_object(
    'channel', (SELECT jsonb_build_object('id', h.id, 'source', h.source, 'name', h.name, 'username', h.username) FROM channel h WHERE h.id = c.channel_id),
    'reads', (SELECT COALESCE(jsonb_agg(jsonb_build_object('name', COALESCE(${NAME('u')}, ''), 'seq', r.seq, 'at', r.updated_at) ORDER BY r.user_id), '[]')
      FROM read_mark r JOIN "user" u ON u.id = r.user_id WHERE r.conversation_id = c.id)) AS row
  FROM conversation c WHERE c.customer_id = $1 AND c.id COLLATE "C" > $2 ORDER BY c.id COLLATE "C" LIMIT $3`

const MESSAGES = `SELECT to_jsonb(m) || jsonb_build_object(
    'author_name', (SELECT ${NAME('u')} FROM "user" u WHERE u.id = m.sender_user_id),
    'deliveries', (SELECT COALESCE(jsonb_agg(to_jsonb(d) || jsonb_build_object('tries', (
        SELECT COALESCE(jsonb_agg(to_jsonb(a) ORDER BY a.number), '[]') FROM delivery_attempt a WHERE a.delivery_id = d.id)) ORDER BY d.id), '[]')
      FROM delivery d WHERE d.message_id = m.id)) AS row
  FROM message m WHERE m.conversation_id = $1 AND m.seq > $2 ORDER BY m.seq LIMIT $3`

type ConversationResult = ConversationRow & {
  channel: ExportedConversation['channel']
  reads: { name: string; seq: number; at: string }[]
}

interface DeliveryResult {
  state: ExportedMessage['deliveries'][number]['state']
  created_at: string
  error: string | null
  tries: {
    number: number
    started_at: string
    ended_at: string | null
    outcome: 'sent' | 'retry' | 'failed' | 'unconfirmed' | null
    error: string | null
  }[]
}

type MessageResult = Omit<MessageRow, 'delivery'> & {
  held: boolean
  provider_id: string | null
  metadata: Record<string, unknown>
  input_tokens: number
  output_tokens: number
  deliveries: DeliveryResult[]
}

/** A customer's data on PostgreSQL. */
export const createExports = (pool: pg.Pool): Exports => ({
  async conversations(customerId, after, limit) {
    const { rows } = await pool.query<{ row: ConversationResult }>(CONVERSATIONS, [customerId, after, limit])
    return rows.map(({ row }) => toConversation(row))
  },
  async messages(conversationId, after, limit) {
    const { rows } = await pool.query<{ row: MessageResult }>(MESSAGES, [conversationId, after, limit])
    return rows.map(({ row }) => toExported(row))
  },
})

function toConversation(row: ConversationResult): ExportedConversation {
  const { id, title, status, source, priority, lastSeq, answeredSeq, createdAt, updatedAt } =
    toConversationState(row)
  const reads = row.reads.map(({ name, seq, at }) => ({ name, upTo: seq, at: toInstant(at) }))
  const { channel } = row
  return { id, title, status, source, priority, channel, lastSeq, answeredSeq, createdAt, updatedAt, reads }
}

function toExported(row: MessageResult): ExportedMessage {
  const { conversationId: _, author: __, delivery: ___, ...message } = toMessage({ ...row, delivery: null })
  return {
    ...message,
    author: row.author_name,
    held: row.held,
    providerId: row.provider_id,
    metadata: row.metadata,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    deliveries: row.deliveries.map(toDelivery),
  }
}

const toDelivery = (row: DeliveryResult) => ({
  state: row.state,
  createdAt: toInstant(row.created_at),
  error: row.error,
  attempts: row.tries.map(({ number, started_at, ended_at, outcome, error }) => ({
    number,
    startedAt: toInstant(started_at),
    endedAt: ended_at === null ? null : toInstant(ended_at),
    outcome,
    error,
  })),
})
