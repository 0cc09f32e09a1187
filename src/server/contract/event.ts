import { z } from 'zod'
import { ConversationState, ConversationStatus } from './conversation.ts'
import { Customer, Instant } from './customer.ts'
import { ConversationId, IntId, MessageId, Position } from './ids.ts'
import { Delivery, DeliveryOp, Message } from './message.ts'

const base = { seq: z.number().int().positive(), at: Instant }

/**
 * What happened in a workspace, in the order of its log. `conversation` is the state after the change (or a later
 * one: apply by `rev`). Applying an event twice changes nothing.
 */
export const LiveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('conversation.opened'), ...base, conversation: ConversationState }),
  z.object({ type: z.literal('message.sent'), ...base, conversation: ConversationState, message: Message }),
  z.object({
    type: z.literal('delivery.attempted'),
    ...base,
    conversationId: ConversationId,
    messageId: MessageId,
    messageSeq: z.number().int().positive(),
    /** Missing: it is the message itself that was handed over. Else `delivery` is that of its change. */
    op: DeliveryOp.exclude(['send']).optional(),
    delivery: Delivery,
    /** The platform's answer in the legacy result shape; never holds a secret. */
    result: z.record(z.string(), z.unknown()),
  }),
  z.object({
    type: z.literal('conversation.read'),
    ...base,
    conversation: ConversationState,
    userId: IntId,
    upTo: z.number().int().min(0),
  }),
  z.object({
    type: z.literal('conversation.changed'),
    ...base,
    conversation: ConversationState,
    from: ConversationStatus,
    to: ConversationStatus,
    userId: IntId.nullable(),
  }),
  z.object({
    type: z.literal('conversation.deleted'),
    ...base,
    conversationId: ConversationId,
    customerId: IntId,
  }),
  /** A message was held as spam, or a held one deleted for good: for the Spam page alone, no other wire tells of it. */
  z.object({
    type: z.literal('message.held'),
    ...base,
    conversationId: ConversationId,
    messageId: MessageId,
  }),
  z.object({
    type: z.literal('message.discarded'),
    ...base,
    conversationId: ConversationId,
    messageId: MessageId,
  }),
  /** A held message was found to be no spam: it is shown at its own place, which may lie before what is known. */
  z.object({
    type: z.literal('message.released'),
    ...base,
    conversation: ConversationState,
    message: Message,
  }),
  z.object({
    type: z.literal('message.rated'),
    ...base,
    conversationId: ConversationId,
    message: Message,
  }),
  /** A message is no longer as it was: edited, taken back, reacted to, or a file of it arrived. */
  z.object({
    type: z.literal('message.changed'),
    ...base,
    conversationId: ConversationId,
    message: Message,
  }),
  /** The customer has seen what we said, up to the conversation's `seenSeq`. */
  z.object({ type: z.literal('conversation.seen'), ...base, conversation: ConversationState }),
  z.object({ type: z.literal('customer.changed'), ...base, customer: Customer }),
  z.object({
    type: z.literal('customer.deleted'),
    ...base,
    customerId: IntId,
    conversationIds: z.array(ConversationId),
  }),
  /** Told when an erasure begins and when it ends: let go of what these conversations held, and read them again. */
  z.object({
    type: z.literal('customer.erased'),
    ...base,
    customer: Customer,
    conversationIds: z.array(ConversationId),
  }),
])
export type LiveEvent = z.infer<typeof LiveEvent>

/** What the durable subscription yields: events, or the order to load a snapshot and start from its position. */
export const LiveItem = z.union([
  z.object({ kind: z.literal('event'), event: LiveEvent }),
  z.object({ kind: z.literal('reset'), reason: z.enum(['too_old', 'epoch']), position: Position }),
])
export type LiveItem = z.infer<typeof LiveItem>

/** Things that are true for a moment and are never stored. */
export const Signal = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('typing'),
    conversationId: ConversationId,
    who: z.enum(['agent', 'customer']),
    id: IntId,
    name: z.string(),
    isTyping: z.boolean(),
    connectionId: z.string(),
  }),
  /** `conversationId` is set for a raw room; without it the console is meant. */
  z.object({
    type: z.literal('presence'),
    userId: IntId,
    name: z.string(),
    isOnline: z.boolean(),
    conversationId: ConversationId.optional(),
  }),
  /** What a connection looks at now, instead of what it looked at before; null: nothing. */
  z.object({
    type: z.literal('viewing'),
    conversationId: ConversationId.nullable(),
    userId: IntId,
    name: z.string(),
    connectionId: z.string(),
  }),
])
export type Signal = z.infer<typeof Signal>

/** `lastEventId` is set by the client's library when it resumes; `position` says where a snapshot was true. */
export const SubscribeEvents = z.object({ position: Position, lastEventId: z.string().nullish() })
export type SubscribeEvents = z.infer<typeof SubscribeEvents>
