import type { ConversationStatus } from '../../contract/conversation.ts'
import type { LiveEvent } from '../../contract/event.ts'
import {
  type ConversationRow,
  MESSAGE_JSON,
  type MessageRow,
  toConversationState,
  toInstant,
  toMessage,
} from './rows.ts'

export interface EventRow {
  workspace_id: number
  seq: string
  type: LiveEvent['type']
  at: Date
  data: {
    result?: Record<string, unknown>
    user?: number
    up_to?: number
    from?: ConversationStatus
    to?: ConversationStatus
  }
  conversation: ConversationRow | null
  message: MessageRow | null
}

/** Events with the things they speak of, as those are now. */
export const EVENT_SQL = `SELECT e.workspace_id, e.seq, e.type, e.created_at AS at, e.data, to_jsonb(c) AS conversation,
  CASE WHEN m.id IS NOT NULL THEN ${MESSAGE_JSON} END AS message
  FROM event e LEFT JOIN conversation c ON c.id = e.conversation_id LEFT JOIN message m ON m.id = e.message_id`

/** The event as readers see it; null where its conversation or message is gone. */
export function toLiveEvent(row: EventRow): LiveEvent | null {
  if (!row.conversation) return null
  const base = { seq: Number(row.seq), at: toInstant(row.at) }
  const conversation = toConversationState(row.conversation)
  const { data } = row
  if (row.type === 'conversation.opened') return { type: row.type, ...base, conversation }
  if (row.type === 'conversation.read')
    return { type: row.type, ...base, conversation, userId: data.user ?? 0, upTo: data.up_to ?? 0 }
  if (row.type === 'conversation.changed')
    return {
      type: row.type,
      ...base,
      conversation,
      from: data.from ?? conversation.status,
      to: data.to ?? conversation.status,
      userId: data.user ?? null,
    }
  if (!row.message) return null
  const message = toMessage(row.message)
  if (row.type === 'message.sent') return { type: row.type, ...base, conversation, message }
  if (!message.delivery) return null
  return {
    type: row.type,
    ...base,
    conversationId: conversation.id,
    messageId: message.id,
    messageSeq: message.seq,
    delivery: message.delivery,
    result: data.result ?? {},
  }
}
