import { z } from 'zod'
import { ConversationStatus } from './conversation.ts'
import { Instant, Source, Tag } from './customer.ts'
import { ConversationId, IntId, MessageId } from './ids.ts'
import { MAX_PAGE_SIZE } from './limits.ts'
import { Feedback, MessageKind, MessageType } from './message.ts'

const text = z.string().nullable()

/** The customer on the raw sockets. */
export const LegacyCustomer = z.strictObject({
  id: IntId,
  first_name: text,
  last_name: text,
  username: text,
  email: text,
  phone_number: text,
  description: text,
  source: Source,
  source_id: text,
  profile_picture: text,
  created_at: Instant,
  updated_at: Instant,
  tag: z.array(Tag),
})
export type LegacyCustomer = z.infer<typeof LegacyCustomer>

const feedback = { feedback: Feedback, feedback_comment: z.string(), feedback_at: Instant.nullable() }

/** The message on the raw sockets and in the answer to a send. */
export const LegacyMessage = z.strictObject({
  id: MessageId,
  content: z.string(),
  type: MessageType,
  customer: LegacyCustomer,
  conversation_id: ConversationId,
  seq: z.number().int().min(1),
  is_ai_response: z.boolean(),
  is_answered: z.boolean(),
  created_at: Instant,
  ...feedback,
  message_type: MessageKind,
  media_url: z.string().nullable(),
  media_file: z.null(),
  processing_status: z.enum(['completed', 'pending', 'failed']),
  transcription: z.null(),
})
export type LegacyMessage = z.infer<typeof LegacyMessage>

export const LegacyLastMessage = z.strictObject({
  id: MessageId,
  content: z.string(),
  type: MessageType,
  created_at: Instant,
  ...feedback,
})
export type LegacyLastMessage = z.infer<typeof LegacyLastMessage>

/** A row of `conversations_list`. */
export const LegacyConversation = z.strictObject({
  id: ConversationId,
  title: z.string(),
  status: ConversationStatus,
  customer: LegacyCustomer,
  priority: z.number().int().positive(),
  source: Source,
  is_active: z.boolean(),
  created_at: Instant,
  updated_at: Instant,
  last_message: LegacyLastMessage.nullable(),
  unread_count: z.number().int().min(0),
})
export type LegacyConversation = z.infer<typeof LegacyConversation>

const count = z.number().int().min(0)

export const LegacyPagination = z.strictObject({
  count,
  page_count: count,
  page_size: z.number().int().min(1).max(MAX_PAGE_SIZE),
  page: z.number().int().min(1),
  total_pages: z.number().int().min(1),
  has_next: z.boolean(),
  has_previous: z.boolean(),
  offset: count,
  limit: z.number().int().min(1).max(MAX_PAGE_SIZE),
})
export type LegacyPagination = z.infer<typeof LegacyPagination>

/** What the platform said to a send: `{}` for what came from the customer. Platforms add keys of their own. */
export const ExternalSendResult = z.union([
  z.looseObject({ success: z.literal(true) }),
  z.looseObject({ success: z.literal(false), error: z.string().min(1), pending: z.literal(true).optional() }),
  z.strictObject({}),
])
export type ExternalSendResult = z.infer<typeof ExternalSendResult>

const object = z.record(z.string(), z.unknown())

export const RestCustomer = LegacyCustomer.extend({ bio: text, persona_data: object, data: object })
export type RestCustomer = z.infer<typeof RestCustomer>

/** A conversation on REST; `user` is the person who asks. */
export const RestConversation = z.strictObject({
  id: ConversationId,
  customer: RestCustomer,
  title: z.string(),
  status: ConversationStatus,
  is_active: z.boolean(),
  source: Source,
  priority: z.number().int().positive(),
  created_at: Instant,
  updated_at: Instant,
  user: IntId,
})
export type RestConversation = z.infer<typeof RestConversation>
