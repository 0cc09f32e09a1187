import { z } from 'zod'
import { Attachment, MAX_ATTACHMENTS } from './attachment.ts'
import { strip } from './characters.ts'
import { MAX_COMMENT } from './comment.ts'
import { Instant } from './customer.ts'
import { ClientId, ConversationId, IntId, MessageId } from './ids.ts'
import { MAX_CONSOLE_CONTENT, MAX_THREAD_PAGE } from './limits.ts'
import { storableText } from './text.ts'

export const MessageType = z.enum(['customer', 'AI', 'support', 'marketing'])
export type MessageType = z.infer<typeof MessageType>

export const MessageKind = z.enum(['text', 'image', 'voice', 'video', 'file', 'sticker', 'location', 'share'])
export type MessageKind = z.infer<typeof MessageKind>

export const Feedback = z.enum(['none', 'positive', 'negative'])
export type Feedback = z.infer<typeof Feedback>

/**
 * Rungs of the delivery ladder. `sent`: the platform accepted it. `unconfirmed`: it was handed over, the answer never
 * came, and repeating it could double it. `cancelled`: it was taken back before it was handed over.
 */
export const DeliveryState = z.enum([
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'unconfirmed',
  'cancelled',
])
export type DeliveryState = z.infer<typeof DeliveryState>

/**
 * What an unfinished delivery waits for. `retry`: to be tried again; `asked`: the platform asked us to wait; `echo`: the answer was
 * lost, and the platform may still tell; `reconnection`: its channel is stopped; `earlier`: a delivery to the same contact comes first.
 */
export const NextStep = z.enum(['retry', 'asked', 'echo', 'reconnection', 'earlier'])
export type NextStep = z.infer<typeof NextStep>

/** Where an outgoing message stands with its platform; the newest try only. `nextAt` is set while a retry is waiting. */
export const Delivery = z.object({
  state: DeliveryState,
  attempts: z.number().int().min(0),
  error: z.string().nullable(),
  nextAt: Instant.nullable(),
  next: NextStep.optional(),
  /** What the platform calls the message, once it took it. */
  messageId: z.union([z.string(), z.number()]).nullish(),
})
export type Delivery = z.infer<typeof Delivery>

/** What is handed over: the message itself, or a later change of it. */
export const DeliveryOp = z.enum(['send', 'edit', 'delete', 'react'])
export type DeliveryOp = z.infer<typeof DeliveryOp>

/** One attempt to hand a message to its platform, as it happened. */
export const DeliveryAttempt = z.object({
  number: z.number().int().min(1),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  outcome: z.enum(['sent', 'retry', 'failed', 'unconfirmed', 'stopped', 'cancelled']).nullable(),
  error: z.string().nullable(),
  /** The platform's own code for what it said. */
  code: z.string().nullish(),
  /** How long the platform asked us to wait. */
  retryAfterMs: z.number().int().nullish(),
  /** What was to follow, and when; of the last attempt it is what follows now. */
  next: NextStep.nullish(),
  nextAt: Instant.nullish(),
})
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>

export const Author = z.object({ userId: IntId, name: z.string() })
export type Author = z.infer<typeof Author>

export const Reaction = z.object({ by: z.enum(['customer', 'agent']), emoji: z.string().max(64) })
export type Reaction = z.infer<typeof Reaction>
/** Most reactions on one message; each side may have half of them. */
export const MAX_REACTIONS = 8
/** Longest quoted text, in code points. */
export const MAX_QUOTE = 300

/** What a message is besides its text and its files. */
export const MessageExtras = z.object({
  /** What it answers. `messageId` is null where that was said before we were there; the text goes when that is taken back. */
  quote: z.object({ messageId: MessageId.nullable(), isOwn: z.boolean(), text: z.string() }).optional(),
  reactions: z.array(Reaction).max(MAX_REACTIONS).optional(),
  place: z
    .object({ latitude: z.number(), longitude: z.number(), title: z.string(), address: z.string() })
    .optional(),
  contact: z.object({ name: z.string(), phone: z.string() }).optional(),
  /** Instagram: it answers a story of ours, or names us in theirs. */
  story: z.enum(['reply', 'mention']).optional(),
  /** Instagram: a post or a reel that was passed on. `url` leads to the platform's own page, or is null. */
  share: z
    .object({ kind: z.enum(['post', 'reel', 'share']), title: z.string(), url: z.string().nullable() })
    .optional(),
  /** Our side wrote it, in the platform's own app. */
  via: z.literal('instagram_app').optional(),
  /** Messages of one album carry the same word and stand together. */
  album: z.string().max(64).optional(),
  /** It is of a kind we do not know: `placeholder` is the platform's word for it. */
  placeholder: z.string().max(64).optional(),
  /** When the platform says that it was written, where that was long before it came. */
  saidAt: Instant.optional(),
  /** It went out under Instagram's tag for people, after the first day. */
  isHumanAgent: z.literal(true).optional(),
  /** The newest change of it that its platform did not take: there it still stands as it was. */
  unreached: z.enum(['edit', 'delete', 'react']).optional(),
})
export type MessageExtras = z.infer<typeof MessageExtras>

/** One message. `seq` is its place in the conversation, gapless from 1. `delivery` is null where nothing is to be delivered. */
export const Message = z.object({
  id: MessageId,
  conversationId: ConversationId,
  seq: z.number().int().min(1),
  type: MessageType,
  kind: MessageKind,
  content: z.string(),
  clientId: ClientId.nullable(),
  author: Author.nullable(),
  createdAt: Instant,
  editedAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
  feedback: Feedback,
  feedbackComment: z.string(),
  feedbackAt: Instant.nullable(),
  delivery: Delivery.nullable(),
  /** Missing where there are none. */
  attachments: z.array(Attachment).max(MAX_ATTACHMENTS).optional(),
  extras: MessageExtras.optional(),
})
export type Message = z.infer<typeof Message>

/** What the console sends: a text, files, or both. `clientId` makes a repeated send the same message. */
export const SendMessage = z
  .object({
    conversationId: ConversationId,
    clientId: ClientId,
    content: storableText(MAX_CONSOLE_CONTENT),
    /** Files that this person uploaded for the conversation and has not sent. */
    attachmentIds: z.array(Attachment.shape.id).max(MAX_ATTACHMENTS).default([]),
    /** The message of the conversation that it answers. */
    replyToId: MessageId.optional(),
  })
  .refine(
    ({ content, attachmentIds }) => strip(content) !== '' || attachmentIds.length > 0,
    'Message content cannot be empty',
  )
export type SendMessage = z.infer<typeof SendMessage>

/** A page of a thread, newest page first: `before` is the lowest seq already held, `after` the highest. */
export const ListMessages = z.object({
  conversationId: ConversationId,
  before: z.number().int().min(1).optional(),
  after: z.number().int().min(0).optional(),
  limit: z.number().int().min(1).max(MAX_THREAD_PAGE).default(50),
})
export type ListMessages = z.infer<typeof ListMessages>

/** Messages in ascending seq. `hasOlder` tells whether anything lies below the first. */
export const MessagePage = z.object({ messages: z.array(Message), hasOlder: z.boolean() })
export type MessagePage = z.infer<typeof MessagePage>

/** What somebody thinks of an answer of the bot; `none` takes it back. */
export const RateMessage = z.object({
  messageId: MessageId,
  feedback: Feedback,
  comment: storableText(MAX_COMMENT).default(''),
})
export type RateMessage = z.infer<typeof RateMessage>

/** A text that a message had before, and when it was replaced. */
export const PastText = z.object({ content: z.string(), editedAt: Instant })
export type PastText = z.infer<typeof PastText>

/** Most texts kept of a message that is edited again and again; the newest. */
export const MAX_PAST_TEXTS = 50

export const EditMessage = z.object({ messageId: MessageId, content: SendMessage.shape.content })
export type EditMessage = z.infer<typeof EditMessage>

export const UnsendMessage = z.object({ messageId: MessageId })
export type UnsendMessage = z.infer<typeof UnsendMessage>

const EMOJI_PATTERN = '^(?:\\p{RGI_Emoji}|\\p{Extended_Pictographic})$'
const EMOJI = new RegExp(EMOJI_PATTERN, 'v')

/** Our side's reaction to a customer's message, instead of the one before; null takes it away. */
export const ReactToMessage = z.object({
  messageId: MessageId,
  emoji: storableText(16)
    .refine((text) => EMOJI.test(text), 'Choose an emoji')
    .nullable(),
})
export type ReactToMessage = z.infer<typeof ReactToMessage>

export const RetryDelivery = z.object({ messageId: MessageId })
export type RetryDelivery = z.infer<typeof RetryDelivery>

/** Every try and every attempt of one message, oldest first. */
export const DeliveryHistory = z.object({
  deliveries: z.array(
    z.object({
      op: DeliveryOp,
      state: DeliveryState,
      createdAt: Instant,
      error: z.string().nullable(),
      next: NextStep.nullish(),
      attempts: z.array(DeliveryAttempt),
    }),
  ),
})
export type DeliveryHistory = z.infer<typeof DeliveryHistory>
