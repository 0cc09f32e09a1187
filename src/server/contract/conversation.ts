import { z } from 'zod'
import { Customer, Instant, Source } from './customer.ts'
import { ConversationId, IntId, Position } from './ids.ts'
import { MAX_LIST_PAGE } from './limits.ts'
import { Message } from './message.ts'
import { storableText } from './text.ts'

/** `active`: the bot answers; `support_active`: a person does. */
export const ConversationStatus = z.enum(['active', 'support_active', 'marketing_active', 'closed'])
export type ConversationStatus = z.infer<typeof ConversationStatus>

/**
 * The part of a conversation that events change. `rev` is the log seq of its last change: of two states keep the one
 * with the higher rev. Customer messages with a seq above `answeredSeq` are unread.
 */
export const ConversationState = z.object({
  id: ConversationId,
  customerId: IntId,
  channelId: IntId.nullable(),
  source: Source,
  title: z.string(),
  status: ConversationStatus,
  priority: z.number().int().positive(),
  isActive: z.boolean(),
  assigneeId: IntId.nullable(),
  lastSeq: z.number().int().min(0),
  answeredSeq: z.number().int().min(0),
  /** What of ours the customer has seen, as far as the platform tells: every message up to this seq. */
  seenSeq: z.number().int().min(0),
  unreadCount: z.number().int().min(0),
  rev: z.number().int().min(0),
  createdAt: Instant,
  updatedAt: Instant,
})
export type ConversationState = z.infer<typeof ConversationState>

export const Conversation = ConversationState.extend({ customer: Customer, lastMessage: Message.nullable() })
export type Conversation = z.infer<typeof Conversation>

/** Newest activity first; `after` is the last row of the page before. */
export const ListConversations = z.object({
  view: z.enum(['open', 'unread', 'closed', 'all']).default('open'),
  search: storableText(200).optional(),
  after: z.object({ updatedAt: Instant, id: ConversationId }).optional(),
  limit: z.number().int().min(1).max(MAX_LIST_PAGE).default(40),
})
export type ListConversations = z.infer<typeof ListConversations>

/** `position` is the log's place at which the page is at least true: resume live events from there. */
export const ConversationPage = z.object({
  conversations: z.array(Conversation),
  hasMore: z.boolean(),
  counts: z.object({ open: z.number().int(), unread: z.number().int(), closed: z.number().int() }),
  position: Position,
})
export type ConversationPage = z.infer<typeof ConversationPage>

export const GetConversation = z.object({ conversationId: ConversationId })
export type GetConversation = z.infer<typeof GetConversation>

export const DeleteConversation = z.object({ conversationId: ConversationId })
export type DeleteConversation = z.infer<typeof DeleteConversation>

/** `upTo` is the highest seq that was on the screen. */
export const MarkRead = z.object({ conversationId: ConversationId, upTo: z.number().int().min(0) })
export type MarkRead = z.infer<typeof MarkRead>

export const SetStatus = z.object({ conversationId: ConversationId, status: ConversationStatus })
export type SetStatus = z.infer<typeof SetStatus>
