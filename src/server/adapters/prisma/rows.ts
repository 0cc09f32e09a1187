import type { Attachment } from '../../contract/attachment.ts'
import type { ConversationState } from '../../contract/conversation.ts'
import type { Customer, Source, Tag } from '../../contract/customer.ts'
import type {
  Delivery,
  DeliveryState,
  Feedback,
  Message,
  MessageExtras,
  MessageKind,
  MessageType,
  NextStep,
} from '../../contract/message.ts'

/** Columns as PostgreSQL's to_jsonb() spells them; instants arrive as text with an offset. */
export interface ConversationRow {
  id: string
  workspace_id: number
  customer_id: number
  channel_id: number | null
  title: string
  status: ConversationState['status']
  source: Source
  priority: number
  is_active: boolean
  assignee_id: number | null
  last_seq: number
  answered_seq: number
  seen_seq: number
  unread_count: number
  rev: number
  created_at: string
  updated_at: string
}

export interface CustomerRow {
  id: number
  first_name: string | null
  last_name: string | null
  username: string | null
  email: string | null
  phone_number: string | null
  description: string | null
  bio: string | null
  source: Source
  source_id: string | null
  profile_picture: string | null
  persona_data: Record<string, unknown>
  data: Record<string, unknown>
  created_at: string
  updated_at: string
  erased_at: string | null
  unreachable: string | null
}

export interface MessageRow {
  id: string
  conversation_id: string
  seq: number
  type: MessageType
  kind: MessageKind
  content: string
  client_id: string | null
  sender_user_id: number | null
  author_name: string | null
  created_at: string
  edited_at: string | null
  deleted_at: string | null
  feedback: Feedback
  feedback_comment: string
  feedback_at: string | null
  /** `order` is of the database alone: see the migration of changes. */
  extras: (MessageExtras & { attachments?: Attachment[]; order?: object }) | null
  delivery: DeliveryRow | null
}

export interface DeliveryRow {
  state: DeliveryState
  attempts: number
  error: string | null
  next: NextStep | null
  next_at: string
  result: { message_id?: string | number } | null
}

/** Any instant PostgreSQL writes, as UTC with milliseconds and `Z`. */
export const toInstant = (value: string | Date): string => new Date(value).toISOString()

const toInstantOrNull = (value: string | null) => (value === null ? null : toInstant(value))

export const toConversationState = (row: ConversationRow): ConversationState => ({
  id: row.id,
  customerId: row.customer_id,
  channelId: row.channel_id,
  source: row.source,
  title: row.title,
  status: row.status,
  priority: row.priority,
  isActive: row.is_active,
  assigneeId: row.assignee_id,
  lastSeq: row.last_seq,
  answeredSeq: row.answered_seq,
  seenSeq: row.seen_seq,
  unreadCount: row.unread_count,
  rev: row.rev,
  createdAt: toInstant(row.created_at),
  updatedAt: toInstant(row.updated_at),
})

export const toCustomer = (row: CustomerRow, tags: Tag[]): Customer => ({
  id: row.id,
  firstName: row.first_name,
  lastName: row.last_name,
  username: row.username,
  email: row.email,
  phoneNumber: row.phone_number,
  description: row.description,
  bio: row.bio,
  source: row.source,
  sourceId: row.source_id,
  profilePicture: row.profile_picture,
  createdAt: toInstant(row.created_at),
  updatedAt: toInstant(row.updated_at),
  ...(row.erased_at && { erasedAt: toInstant(row.erased_at) }),
  ...(row.unreachable !== null && { unreachable: row.unreachable }),
  tags,
})

const isTimed = ({ state, attempts, next }: DeliveryRow) =>
  state === 'queued' ? attempts > 0 && next !== 'reconnection' : state === 'sending' && next === 'echo'

export const isUnfinished = (state: DeliveryState): boolean => state === 'queued' || state === 'sending'

export const toDelivery = (row: DeliveryRow): Delivery => ({
  state: row.state,
  attempts: row.attempts,
  error: row.error,
  nextAt: isTimed(row) ? toInstant(row.next_at) : null,
  ...(row.next !== null && isUnfinished(row.state) && { next: row.next }),
  ...(row.result?.message_id !== undefined && { messageId: row.result.message_id }),
})

/** Null where nobody of ours wrote it, or whoever did is gone. */
const toAuthor = ({ sender_user_id: userId, author_name: name }: MessageRow) =>
  userId === null || name === null ? null : { userId, name }

export const toMessage = (row: MessageRow): Message => ({
  id: row.id,
  conversationId: row.conversation_id,
  seq: row.seq,
  type: row.type,
  kind: row.kind,
  content: row.content,
  clientId: row.client_id,
  author: toAuthor(row),
  createdAt: toInstant(row.created_at),
  editedAt: toInstantOrNull(row.edited_at),
  deletedAt: toInstantOrNull(row.deleted_at),
  feedback: row.feedback,
  feedbackComment: row.feedback_comment,
  feedbackAt: toInstantOrNull(row.feedback_at),
  delivery: row.delivery ? toDelivery(row.delivery) : null,
  ...toRichParts(row.extras),
})

/** The parts that plain text has not. */
function toRichParts(stored: MessageRow['extras']): Pick<Message, 'attachments' | 'extras'> {
  if (stored === null) return {}
  const { attachments, order: _, ...extras } = stored
  return { ...(attachments && { attachments }), ...(Object.keys(extras).length > 0 && { extras }) }
}

/** A message `m` as one JSON object in the shape of MessageRow: with its author's name and its newest delivery. */
export const MESSAGE_JSON = `(to_jsonb(m) || jsonb_build_object(
  'author_name', (SELECT COALESCE(NULLIF(trim(u.first_name || ' ' || u.last_name), ''), u.email) FROM "user" u WHERE u.id = m.sender_user_id),
  'delivery', (SELECT to_jsonb(d) FROM delivery d WHERE d.message_id = m.id AND d.op = 'send' ORDER BY d.id DESC LIMIT 1)))`

/** A customer's tags as one JSON array, by name. */
export const TAGS_JSON = (
  customerId: string,
) => `(SELECT COALESCE(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) ORDER BY t.name), '[]')
  FROM customer_tag ct JOIN tag t ON t.id = ct.tag_id WHERE ct.customer_id = ${customerId})`

/** A conversation `c` as one JSON object with its customer, the customer's tags and its last shown message. */
export const CONVERSATION_JSON = `(to_jsonb(c) || jsonb_build_object(
  'customer', (SELECT to_jsonb(k) FROM customer k WHERE k.id = c.customer_id),
  'tags', ${TAGS_JSON('c.customer_id')},
  'last_message', (SELECT ${MESSAGE_JSON} FROM message m WHERE m.conversation_id = c.id AND NOT m.held ORDER BY m.seq DESC LIMIT 1)))`
