import { z } from 'zod'
import { Attachment } from './attachment.ts'
import { ConversationStatus } from './conversation.ts'
import { Customer, Instant, Source } from './customer.ts'
import { ConversationId, IntId, MessageId } from './ids.ts'
import {
  DeliveryAttempt,
  DeliveryState,
  Feedback,
  MessageExtras,
  MessageKind,
  MessageType,
} from './message.ts'

export const EXPORT_FORMAT = 'peyk.customer'
/** Raised when a reader of the shape before could not read the new one. */
export const EXPORT_VERSION = 1

/** One try at handing a message to its platform. */
export const ExportedDelivery = z.strictObject({
  state: DeliveryState,
  createdAt: Instant,
  error: z.string().nullable(),
  attempts: z.array(DeliveryAttempt),
})

/** A message with all that is kept of it. `held`: stored, and not shown to anybody since it looked like spam. */
export const ExportedMessage = z.strictObject({
  id: MessageId,
  seq: z.number().int().min(1),
  type: MessageType,
  kind: MessageKind,
  content: z.string(),
  held: z.boolean(),
  /** Who of the workspace wrote it, by name. */
  author: z.string().nullable(),
  clientId: z.string().nullable(),
  providerId: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  feedback: Feedback,
  feedbackComment: z.string(),
  feedbackAt: Instant.nullable(),
  createdAt: Instant,
  editedAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
  attachments: z.array(Attachment).optional(),
  extras: MessageExtras.optional(),
  deliveries: z.array(ExportedDelivery),
})
export type ExportedMessage = z.infer<typeof ExportedMessage>

/** `reads`: how far each of the workspace's people has read, as the seq of a message. */
export const ExportedConversation = z.strictObject({
  id: ConversationId,
  title: z.string(),
  status: ConversationStatus,
  source: Source,
  priority: z.number().int(),
  channel: z
    .strictObject({ id: IntId, source: Source, name: z.string(), username: z.string().nullable() })
    .nullable(),
  lastSeq: z.number().int().min(0),
  answeredSeq: z.number().int().min(0),
  createdAt: Instant,
  updatedAt: Instant,
  reads: z.array(z.strictObject({ name: z.string(), upTo: z.number().int().min(0), at: Instant })),
})
export type ExportedConversation = z.infer<typeof ExportedConversation>

/** Where an export begins: whose it is. Written at `exportedAt`; what came while it was written may be missing. */
export const ExportHead = z.strictObject({
  format: z.literal(EXPORT_FORMAT),
  version: z.literal(EXPORT_VERSION),
  exportedAt: Instant,
  workspace: z.strictObject({ id: IntId, name: z.string() }),
  customer: Customer.extend({
    personaData: z.record(z.string(), z.unknown()),
    data: z.record(z.string(), z.unknown()),
  }),
})
export type ExportHead = z.infer<typeof ExportHead>

/** Everything that is kept of one customer. Conversations come by id, messages by seq. */
export const CustomerExport = ExportHead.extend({
  conversations: z.array(ExportedConversation.extend({ messages: z.array(ExportedMessage) })),
})
export type CustomerExport = z.infer<typeof CustomerExport>
