import type { Conversation } from './conversation.ts'
import type { Customer } from './customer.ts'
import { legacyMedia } from './legacy-media.ts'
import { MAX_PAGE_SIZE } from './limits.ts'
import type { Message, MessageKind } from './message.ts'

const DEFAULT_PAGE_SIZE = 10

const WORDS: Record<MessageKind, string> = {
  text: '',
  image: 'Photo',
  voice: 'Voice message',
  video: 'Video',
  file: 'File',
  sticker: 'Sticker',
  location: 'Location',
  share: 'Shared',
}

/** What a message says; where it is a file and no words, a word for its kind, so that older clients show something. */
export const legacyContent = ({
  content,
  kind,
  deletedAt,
}: Pick<Message, 'content' | 'kind' | 'deletedAt'>) =>
  content === '' && deletedAt === null ? WORDS[kind] : content

/** The customer as the legacy sockets spell it: note `tag`, singular. */
export const toLegacyCustomer = (customer: Customer) => ({
  id: customer.id,
  first_name: customer.firstName,
  last_name: customer.lastName,
  username: customer.username,
  email: customer.email,
  phone_number: customer.phoneNumber,
  description: customer.description,
  source: customer.source,
  source_id: customer.sourceId,
  profile_picture: customer.profilePicture,
  created_at: customer.createdAt,
  updated_at: customer.updatedAt,
  tag: customer.tags,
})

/** A message as the legacy sockets spell it; `customer` is the conversation's, whoever wrote; `mediaUrl` leads to its first file. */
export const toLegacyMessage = (
  message: Message,
  customer: Customer,
  answeredSeq: number,
  mediaUrl: string | null = null,
) => ({
  id: message.id,
  content: legacyContent(message),
  type: message.type,
  customer: toLegacyCustomer(customer),
  conversation_id: message.conversationId,
  seq: message.seq,
  is_ai_response: message.type === 'AI',
  is_answered: message.type === 'customer' && message.seq <= answeredSeq,
  created_at: message.createdAt,
  feedback: message.feedback,
  feedback_comment: message.feedbackComment,
  feedback_at: message.feedbackAt,
  message_type: message.kind,
  ...legacyMedia(message, mediaUrl),
})

export const toLegacyLastMessage = (message: Message) => ({
  id: message.id,
  content: legacyContent(message),
  type: message.type,
  created_at: message.createdAt,
  feedback: message.feedback,
  feedback_comment: message.feedbackComment,
  feedback_at: message.feedbackAt,
})

export const toLegacyConversation = (conversation: Conversation) => ({
  id: conversation.id,
  title: conversation.title,
  status: conversation.status,
  customer: toLegacyCustomer(conversation.customer),
  priority: conversation.priority,
  source: conversation.source,
  is_active: conversation.isActive,
  created_at: conversation.createdAt,
  updated_at: conversation.updatedAt,
  last_message: conversation.lastMessage && toLegacyLastMessage(conversation.lastMessage),
  unread_count: conversation.unreadCount,
})

/** A customer as the customers' socket spells it: `tags`, plural, and no description. */
export const toCustomerRow = (customer: Customer & { conversations: Conversation[] }) => {
  const { tag: tags, description: _, ...row } = toLegacyCustomer(customer)
  return { ...row, tags, conversations: customer.conversations.map(toConversationOfCustomer) }
}

const toConversationOfCustomer = (conversation: Conversation) => {
  const { customer: _, last_message, ...row } = toLegacyConversation(conversation)
  const is_ai_response = conversation.lastMessage?.type === 'AI'
  return { ...row, last_message: last_message && { ...last_message, is_ai_response } }
}

/** What was said of an answer of the bot. */
export const toFeedback = (message: Message) => ({
  message_id: message.id,
  feedback: message.feedback,
  comment: message.feedbackComment,
  feedback_at: message.feedbackAt,
})

type RestExtras = { personaData?: Record<string, unknown>; data?: Record<string, unknown> }

export const toRestCustomer = (customer: Customer & RestExtras) => ({
  ...toLegacyCustomer(customer),
  bio: customer.bio,
  persona_data: customer.personaData ?? {},
  data: customer.data ?? {},
})

/** A conversation as REST spells it; `userId` is the person who asks. */
export const toRestConversation = (conversation: Conversation, userId: number) => ({
  id: conversation.id,
  customer: toRestCustomer(conversation.customer),
  title: conversation.title,
  status: conversation.status,
  is_active: conversation.isActive,
  source: conversation.source,
  priority: conversation.priority,
  created_at: conversation.createdAt,
  updated_at: conversation.updatedAt,
  user: userId,
})

interface RestMessageSource extends Message {
  metadata: Record<string, unknown>
  inputTokens: number
  outputTokens: number
  conversation: Conversation
}

/** A message as REST's `user-messages` spells it; `userId` is the person who asks. */
export const toRestMessage = (message: RestMessageSource, userId: number) => ({
  id: message.id,
  customer: toRestCustomer(message.conversation.customer),
  conversation: toRestConversation(message.conversation, userId),
  type: message.type,
  content: legacyContent(message),
  is_ai_response: message.type === 'AI',
  is_answered: message.type === 'customer' && message.seq <= message.conversation.answeredSeq,
  metadata: message.metadata,
  input_tokens: message.inputTokens,
  output_tokens: message.outputTokens,
  total_tokens: message.inputTokens + message.outputTokens,
  created_at: message.createdAt,
  feedback: message.feedback,
  feedback_comment: message.feedbackComment,
  feedback_at: message.feedbackAt,
  seq: message.seq,
})

export interface Paging {
  page: number
  pageSize: number
  offset: number
}

/** Paging keys of a frame or a URL: `page_size` before `limit`, `offset` before `page`; what is not usable is the default. */
export function parsePaging(given: object): Paging {
  const keys = given as Record<string, unknown>
  const size = toInt(keys.page_size ?? keys.limit)
  const pageSize = size === null || size <= 0 ? DEFAULT_PAGE_SIZE : Math.min(size, MAX_PAGE_SIZE)
  const page = Math.max(1, toInt(keys.page) ?? 1)
  const offset = toInt(keys.offset)
  return { page, pageSize, offset: offset !== null && offset >= 0 ? offset : (page - 1) * pageSize }
}

const toInt = (value: unknown): number | null => {
  const number = typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && Math.abs(number) < 1e9 ? number : null
}

/** The `pagination` block of every paged frame. */
export const pagination = ({
  count,
  page,
  pageSize,
  offset,
  pageCount,
}: Paging & { count: number; pageCount: number }) => ({
  count,
  page_count: pageCount,
  page_size: pageSize,
  page,
  total_pages: Math.max(1, Math.ceil(count / pageSize)),
  has_next: offset + pageCount < count,
  has_previous: offset > 0,
  offset,
  limit: pageSize,
})

/** An error as every legacy reader understands it. */
export const errorFrame = (text: string, code?: string) => ({
  type: 'error',
  error: text,
  message: text,
  ...(code && { code }),
  timestamp: new Date().toISOString(),
})
