import { z } from 'zod'
import { Customer, Instant } from './customer.ts'
import { ConversationId, MessageId } from './ids.ts'
import { MessageKind } from './message.ts'

/** What may speak against a customer's text. Codes are stored with a held message and never change their meaning. */
export const SpamCode = z.enum([
  'many_links',
  'first_message_link',
  'shortened_link',
  'repeated_text',
  'repeated_letters',
  'all_caps',
  'spam_phrase',
  'phone_and_link_only',
  'hidden_characters',
  'zalgo',
  'flood',
])
export type SpamCode = z.infer<typeof SpamCode>

export const SpamReason = z.object({
  code: SpamCode,
  times: z.number().int().min(1),
  points: z.number().int().min(1),
})
export type SpamReason = z.infer<typeof SpamReason>

/** Why a message is held. */
export const Hold = z.object({ score: z.number().int(), reasons: z.array(SpamReason) })
export type Hold = z.infer<typeof Hold>

/** A message that nobody sees but on the Spam page. */
export const HeldMessage = Hold.extend({
  id: MessageId,
  conversationId: ConversationId,
  /** False where all of the conversation is held, so that there is none to open. */
  isConversationShown: z.boolean(),
  title: z.string(),
  kind: MessageKind,
  content: z.string(),
  channelName: z.string().nullable(),
  customer: Customer,
  heldAt: Instant,
})
export type HeldMessage = z.infer<typeof HeldMessage>

export const MAX_SPAM_PAGE = 50
/** Held messages that one call settles, and most that a thread tells of. */
export const MAX_SETTLED = 100

/** Newest first; `before` is the last row of the page before. */
export const ListSpam = z.object({
  before: z.object({ heldAt: Instant, id: MessageId }).optional(),
  limit: z.number().int().min(1).max(MAX_SPAM_PAGE).default(25),
})
export type ListSpam = z.infer<typeof ListSpam>

export const SpamPage = z.object({ messages: z.array(HeldMessage), hasMore: z.boolean() })
export type SpamPage = z.infer<typeof SpamPage>

export const SettleSpam = z.object({ messageIds: z.array(MessageId).min(1).max(MAX_SETTLED) })
export type SettleSpam = z.infer<typeof SettleSpam>

/** The places in one thread at which messages are held. */
export const SpamPlaces = z.object({ conversationId: ConversationId })
export type SpamPlaces = z.infer<typeof SpamPlaces>

export const Settled = z.object({ messageIds: z.array(MessageId) })
export type Settled = z.infer<typeof Settled>

export const SpamCount = z.object({ count: z.number().int().min(0) })
export type SpamCount = z.infer<typeof SpamCount>
