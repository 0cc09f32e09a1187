import type pg from 'pg'
import type { Tag } from '../../contract/customer.ts'
import type { HeldMessage, ListSpam, SpamReason } from '../../contract/spam.ts'
import type { CustomerHistory, FoundHold, KnownSender, SenderKey, Spam } from '../../core/ports/spam.ts'
import { Batcher } from './batcher.ts'
import { type CustomerRow, type MessageRow, TAGS_JSON, toCustomer, toInstant } from './rows.ts'
import { Where } from './where.ts'

interface HistoryRow {
  id: number
  trusted: boolean
  known: boolean
  recent: { text: string; at: string }[]
}

interface HoldRow {
  score: number
  reasons: SpamReason[]
  held_at: Date
  hidden: boolean
  title: string
  channel: string | null
  message: Pick<MessageRow, 'id' | 'conversation_id' | 'kind' | 'content'>
  customer: CustomerRow
  tags: Tag[]
}

/** What is held as spam, in PostgreSQL. */
export function createSpam(pool: pg.Pool): Spam {
  const histories = new Batcher<Asked, CustomerHistory>((asked) => readHistories(pool, asked))
  const senders = new Batcher<AskedSender, KnownSender | null>((asked) => readSenders(pool, asked))
  return {
    history: (customerId, limit) => histories.add({ customerId, limit }),
    sender: (key, limit) => senders.add({ ...key, limit }),
    list: (workspaceId, query) => list(pool, workspaceId, query),
    async count(workspaceId) {
      const { rows } = await pool.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM held_message WHERE workspace_id = $1 AND settled_at IS NULL',
        [workspaceId],
      )
      return rows[0]?.count ?? 0
    },
    async find(workspaceId, messageIds) {
      const { rows } = await pool.query<FoundHold>(
        `SELECT h.message_id AS "messageId", h.conversation_id AS "conversationId", h.score,
          ARRAY(SELECT r->>'code' FROM jsonb_array_elements(h.reasons) r) AS codes
          FROM held_message h WHERE h.workspace_id = $1 AND h.message_id = ANY ($2)`,
        [workspaceId, messageIds],
      )
      return rows
    },
    async places(conversationId, limit) {
      const { rows } = await pool.query<{ seq: number }>(
        `SELECT m.seq FROM held_message h JOIN message m ON m.id = h.message_id
          WHERE h.conversation_id = $1 AND h.settled_at IS NULL ORDER BY m.seq DESC LIMIT $2`,
        [conversationId, limit],
      )
      return rows.map(({ seq }) => seq).reverse()
    },
  }
}

interface Asked {
  customerId: number
  limit: number
}

interface AskedSender extends SenderKey {
  limit: number
}

type SenderRow = HistoryRow & { ord: string; conversation: string; lacks: KnownSender['lacks'] }

// No EXISTS: for many customers at once it may be planned as one hash of all messages that there are.
// Not prepared: a plan made while the tables were small read all of them once for every customer, and took minutes.
/** What is known of a customer `k`; $1 is how many of their messages are looked at. */
const HISTORY = `k.id, k.trusted_at IS NOT NULL AS trusted,
  COALESCE((SELECT true FROM conversation c CROSS JOIN LATERAL (SELECT 1 FROM message v
      WHERE v.conversation_id = c.id AND v.type = 'customer' AND NOT v.held LIMIT 1) m WHERE c.customer_id = k.id LIMIT 1), false) AS known,
  (SELECT COALESCE(jsonb_agg(jsonb_build_object('text', r.content, 'at', r.created_at) ORDER BY r.created_at, r.seq), '[]') FROM (
    SELECT m.content, m.created_at, m.seq FROM conversation c CROSS JOIN LATERAL (SELECT v.content, v.created_at, v.seq FROM message v
      WHERE v.conversation_id = c.id AND v.type = 'customer' ORDER BY v.seq DESC LIMIT $1) m
    WHERE c.customer_id = k.id ORDER BY m.created_at DESC, m.seq DESC LIMIT $1) r) AS recent`

async function readHistories(pool: pg.Pool, asked: Asked[]): Promise<CustomerHistory[]> {
  const { rows } = await pool.query<HistoryRow>({
    text: `SELECT ${HISTORY} FROM customer k WHERE k.id = ANY ($2)`,
    values: [most(asked), asked.map(({ customerId }) => customerId)],
  })
  const found = new Map(rows.map((row) => [row.id, row]))
  return asked.map(({ customerId, limit }) => toHistory(found.get(customerId), limit))
}

async function readSenders(pool: pg.Pool, asked: AskedSender[]): Promise<(KnownSender | null)[]> {
  const { rows } = await pool.query<SenderRow>({
    text: `SELECT i.ord, o.id AS conversation, 
        array_remove(ARRAY[CASE WHEN COALESCE(k.first_name, '') = '' THEN 'firstName' END, CASE WHEN COALESCE(k.last_name, '') = '' THEN 'lastName' END,
          CASE WHEN COALESCE(k.username, '') = '' THEN 'username' END], NULL) AS lacks, ${HISTORY}
      FROM unnest($2::int[], $3::int[], $4::text[]) WITH ORDINALITY AS i (workspace_id, channel_id, source_id, ord)
      JOIN customer k ON k.workspace_id = i.workspace_id AND k.channel_id = i.channel_id AND k.source_id = i.source_id AND k.unreachable IS NULL
      JOIN conversation o ON o.customer_id = k.id AND o.workspace_id = k.workspace_id AND o.channel_id = i.channel_id AND o.status <> 'closed' AND NOT o.hidden`,
    values: [
      most(asked),
      asked.map(({ workspaceId }) => workspaceId),
      asked.map(({ channelId }) => channelId),
      asked.map(({ sourceId }) => sourceId),
    ],
  })
  const found = new Map(rows.map((row) => [Number(row.ord) - 1, row]))
  return asked.map(({ limit }, index) => {
    const row = found.get(index)
    if (!row) return null
    const { id: customerId, conversation: conversationId, lacks } = row
    return { customerId, conversationId, lacks, ...toHistory(row, limit) }
  })
}

const most = (asked: { limit: number }[]): number => Math.max(...asked.map(({ limit }) => limit))

function toHistory(row: HistoryRow | undefined, limit: number): CustomerHistory {
  if (!row) return { isTrusted: false, isKnown: false, recent: [] }
  const recent = row.recent.slice(-limit).map(({ text, at }) => ({ text, at: Date.parse(at) }))
  return { isTrusted: row.trusted, isKnown: row.known, recent }
}

async function list(pool: pg.Pool, workspaceId: number, { before, limit }: ListSpam) {
  const where = new Where(workspaceId)
  if (before) {
    where.values.push(before.id)
    where.and(`(h.held_at, h.message_id) < (?::timestamptz, $${where.values.length})`, before.heldAt)
  }
  const { rows } = await pool.query<HoldRow>(
    `SELECT h.score, h.reasons, h.held_at, c.hidden, c.title, ch.name AS channel, to_jsonb(m) AS message, to_jsonb(k) AS customer, ${TAGS_JSON('k.id')} AS tags
      FROM (SELECT * FROM held_message h WHERE h.workspace_id = $1 AND h.settled_at IS NULL ${where.sql}
        ORDER BY h.held_at DESC, h.message_id DESC LIMIT ${limit + 1}) h
      JOIN message m ON m.id = h.message_id JOIN conversation c ON c.id = h.conversation_id
      JOIN customer k ON k.id = c.customer_id LEFT JOIN channel ch ON ch.id = c.channel_id
      ORDER BY h.held_at DESC, h.message_id DESC`,
    where.values,
  )
  return { rows: rows.slice(0, limit).map(toHeldMessage), hasMore: rows.length > limit }
}

const toHeldMessage = (row: HoldRow): HeldMessage => ({
  id: row.message.id,
  conversationId: row.message.conversation_id,
  isConversationShown: !row.hidden,
  title: row.title,
  kind: row.message.kind,
  content: row.message.content,
  channelName: row.channel,
  customer: toCustomer(row.customer, row.tags),
  score: row.score,
  reasons: row.reasons,
  heldAt: toInstant(row.held_at),
})
