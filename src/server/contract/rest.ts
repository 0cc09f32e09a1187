import { z } from 'zod'
import { Attachment, MAX_ATTACHMENTS } from './attachment.ts'
import { ConversationStatus } from './conversation.ts'
import { Instant } from './customer.ts'
import { ConversationId, IntId, MessageId } from './ids.ts'
import { ExternalSendResult, LegacyMessage, RestConversation, RestCustomer } from './legacy.ts'
import { MAX_RAW_CONTENT } from './limits.ts'
import { Feedback, MessageType } from './message.ts'
import { storableText } from './text.ts'

/** A refusal, as most verbs spell it. */
export const RestError = z.looseObject({ error: z.string(), error_code: z.string() })

/** A refusal by field. */
export const FieldErrors = z.record(z.string(), z.array(z.string()))

/** The envelope of every paged list. */
export const paged = <T extends z.ZodType>(row: T) =>
  z.strictObject({
    count: z.number().int().min(0),
    next: z.url().nullable(),
    previous: z.url().nullable(),
    results: z.array(row),
  })

const content = z
  .string()
  .meta({ description: `At most ${MAX_RAW_CONTENT} Unicode code points after stripping` })

export const SendBody = z.object({
  /** May be missing where there are files. */
  content: content.optional(),
  type: z.enum(['support', 'marketing']).default('support'),
  attachment_ids: z.array(Attachment.shape.id).max(MAX_ATTACHMENTS).optional(),
})

const tokens = z.number().int().min(0).max(2_147_483_647).default(0)

export const AiMessageBody = z.object({
  content,
  metadata: z.record(z.string(), z.unknown()).default({}),
  input_tokens: tokens,
  output_tokens: tokens,
})

export const SendAnswer = z.strictObject({
  status: z.literal('success'),
  message: z.literal('Message sent successfully'),
  data: z.strictObject({
    message: LegacyMessage,
    external_send_result: ExternalSendResult,
    conversation_id: ConversationId,
  }),
})

export const StatusBody = z.object({ status: ConversationStatus })

export const StatusAnswer = z.strictObject({
  status: z.literal('success'),
  message: z.literal('Conversation status updated successfully'),
  data: z.strictObject({
    conversation_id: ConversationId,
    old_status: ConversationStatus,
    new_status: ConversationStatus,
  }),
})

export const FeedbackBody = z.object({ feedback: Feedback, comment: z.string().nullish() })

export const FeedbackFields = z.strictObject({
  message_id: MessageId,
  feedback: Feedback,
  comment: z.string(),
  feedback_at: Instant.nullable(),
})

export const FeedbackAnswer = z.strictObject({
  success: z.literal(true),
  message: z.literal('Feedback submitted successfully'),
  data: FeedbackFields,
})

export const FeedbackFailure = z.strictObject({ success: z.literal(false), error: z.string() })

export const RestMessage = z.strictObject({
  id: MessageId,
  customer: RestCustomer,
  conversation: RestConversation,
  type: MessageType,
  content: z.string(),
  is_ai_response: z.boolean(),
  is_answered: z.boolean(),
  metadata: z.record(z.string(), z.unknown()),
  input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  total_tokens: z.number().int(),
  created_at: Instant,
  feedback: Feedback,
  feedback_comment: z.string(),
  feedback_at: Instant.nullable(),
  seq: z.number().int().min(1),
})

/** A message whose conversation and customer are ids. */
export const SupportAnswer = RestMessage.extend({ conversation: ConversationId, customer: IntId })

export const Updated = z.strictObject({ message: z.string(), updated_count: z.number().int().min(0) })
export const Deleted = z.strictObject({ message: z.string(), deleted_count: z.number().int().min(0) })

export const Erased = z.strictObject({ erased_messages: z.number().int().min(0) })

const MAX_SELECTED = 10_000
const MAX_TAGS = 100
const name = storableText(100).nullable().optional()
const ids = (max: number) => z.array(IntId).max(max)

/** What may be changed of a customer; what is not named stays. */
export const ChangeCustomer = z.object({
  first_name: name,
  last_name: name,
  username: name,
  email: z
    .union([z.email('Enter a valid email address.').max(254), z.literal('')])
    .nullable()
    .optional(),
  phone_number: storableText(32).nullable().optional(),
  description: storableText(5_000).nullable().optional(),
  profile_picture: z.url('Enter a valid URL.').max(500).nullable().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  tag_ids: ids(MAX_TAGS).optional(),
  tag: ids(MAX_TAGS).optional(),
})

export const CustomerSelection = z.object({
  customer_ids: ids(MAX_SELECTED).default([]),
  all: z.boolean().default(false),
})

const tagName = storableText(100).refine((text) => text.trim() !== '', 'This field may not be blank.')

export const TagName = z.object({ name: tagName })
export const TagIds = z.object({ tag_ids: ids(MAX_TAGS).min(1) })

/** `{name}`, `{names: […]}` or a list of either. */
export const CreateTags = z.union([
  TagName,
  z.object({ names: z.array(tagName).min(1).max(MAX_TAGS) }),
  z
    .array(z.union([tagName, TagName]))
    .min(1)
    .max(MAX_TAGS),
])

export const Done = z.strictObject({
  success: z.literal(true),
  data: z.strictObject({ message: z.string() }),
})

export const Results = <T extends z.ZodType>(row: T) => z.strictObject({ results: z.array(row) })
