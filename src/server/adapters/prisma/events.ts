import type { ConversationStatus } from '../../contract/conversation.ts'
import type { Tag } from '../../contract/customer.ts'
import type { LiveEvent } from '../../contract/event.ts'
import type { DeliveryState } from '../../contract/message.ts'
import {
  type ConversationRow,
  type CustomerRow,
  MESSAGE_JSON,
  type MessageRow,
  TAGS_JSON,
  toConversationState,
  toCustomer,
  toInstant,
  toMessage,
} from './rows.ts'

export interface EventRow {
  workspace_id: number
  seq: string
  type: LiveEvent['type']
  at: Date
  conversation_id: string | null
  data: {
    result?: Record<string, unknown>
    user?: number
    up_to?: number
    from?: ConversationStatus
    to?: ConversationStatus
    customer?: number
    conversations?: string[]
    op?: 'edit' | 'delete' | 'react'
    state?: DeliveryState
  }
  conversation: ConversationRow | null
  message: MessageRow | null
  customer: CustomerRow | null
  tags: Tag[] | null
}

/** Events with the things they speak of, as those are now. */
export const EVENT_SQL = `SELECT e.workspace_id, e.seq, e.type, e.created_at AS at, e.conversation_id, e.data, to_jsonb(c) AS conversation,
  CASE WHEN m.id IS NOT NULL THEN ${MESSAGE_JSON} END AS message,
  CASE WHEN k.id IS NOT NULL THEN to_jsonb(k) END AS customer, CASE WHEN k.id IS NOT NULL THEN ${TAGS_JSON('k.id')} END AS tags
  FROM event e LEFT JOIN conversation c ON c.id = e.conversation_id LEFT JOIN message m ON m.id = e.message_id
  LEFT JOIN customer k ON e.type IN ('customer.changed', 'customer.erased') AND k.id = (e.data->>'customer')::int`

/** The event as readers see it; null where what it speaks of is gone. */
export function toLiveEvent(row: EventRow): LiveEvent | null {
  const base = { seq: Number(row.seq), at: toInstant(row.at) }
  const { data } = row
  switch (row.type) {
    case 'conversation.deleted':
      return {
        type: row.type,
        ...base,
        conversationId: row.conversation_id ?? '',
        customerId: data.customer ?? 0,
      }
    case 'customer.deleted':
      return {
        type: row.type,
        ...base,
        customerId: data.customer ?? 0,
        conversationIds: data.conversations ?? [],
      }
    case 'customer.changed':
      return row.customer && { type: row.type, ...base, customer: toCustomer(row.customer, row.tags ?? []) }
    case 'message.held':
    case 'message.discarded':
      return (
        row.message && {
          type: row.type,
          ...base,
          conversationId: row.message.conversation_id,
          messageId: row.message.id,
        }
      )
    case 'customer.erased':
      return (
        row.customer && {
          type: row.type,
          ...base,
          customer: toCustomer(row.customer, []),
          conversationIds: data.conversations ?? [],
        }
      )
    case 'message.sent':
    case 'message.released':
    case 'message.rated':
    case 'message.changed':
    case 'delivery.attempted':
      return row.conversation && row.message && ofMessage(row.type, row, row.message, row.conversation)
    default:
      return row.conversation && ofConversation(row.type, row, row.conversation)
  }
}

type Base = Pick<EventRow, 'seq' | 'at' | 'data'>
type OfMessage =
  | 'message.sent'
  | 'message.released'
  | 'message.rated'
  | 'message.changed'
  | 'delivery.attempted'
type OfConversation =
  | 'conversation.opened'
  | 'conversation.read'
  | 'conversation.seen'
  | 'conversation.changed'

function ofMessage(
  type: OfMessage,
  { seq, at, data }: Base,
  messageRow: MessageRow,
  conversationRow: ConversationRow,
): LiveEvent | null {
  const base = { seq: Number(seq), at: toInstant(at) }
  const message = toMessage(messageRow)
  const { id: messageId, conversationId, seq: messageSeq, delivery } = message
  if (type === 'message.sent' || type === 'message.released')
    return { type, ...base, conversation: toConversationState(conversationRow), message }
  if (type === 'message.rated' || type === 'message.changed')
    return { type, ...base, conversationId, message }
  const about = { type, ...base, conversationId, messageId, messageSeq, result: data.result ?? {} }
  if (data.op) return { ...about, op: data.op, delivery: changeOf(data) }
  return delivery && { ...about, delivery }
}

/** Where a later change of a message stands, as far as its event says. */
const changeOf = ({ state = 'queued', result }: EventRow['data']) => ({
  state,
  attempts: 0,
  error: typeof result?.error === 'string' ? result.error : null,
  nextAt: null,
})

function ofConversation(type: OfConversation, { seq, at, data }: Base, row: ConversationRow): LiveEvent {
  const base = { seq: Number(seq), at: toInstant(at), conversation: toConversationState(row) }
  const { status } = base.conversation
  if (type === 'conversation.opened' || type === 'conversation.seen') return { type, ...base }
  if (type === 'conversation.read') return { type, ...base, userId: data.user ?? 0, upTo: data.up_to ?? 0 }
  return { type, ...base, from: data.from ?? status, to: data.to ?? status, userId: data.user ?? null }
}
