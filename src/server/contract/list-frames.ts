import { z } from 'zod'
import { paging } from './chat-frames.ts'
import { ConversationStatus } from './conversation.ts'
import { Instant, Source } from './customer.ts'
import { ConversationId } from './ids.ts'
import { LegacyConversation, LegacyCustomer, LegacyLastMessage, LegacyPagination } from './legacy.ts'
import { asking, everywhere, frame, type SocketDoc } from './socket-doc.ts'

const at = { timestamp: Instant }
const int = z.number().int()
const count = int.min(0)

const flag = z.union([z.boolean(), z.literal([0, 1]), z.string()]).optional()
const names = z.array(z.string()).optional()
const text = z.string().nullish()

const ConversationFilters = z.looseObject({
  ...paging,
  search: text,
  status: text,
  source: text,
  priority: z.union([int, z.string()]).nullish(),
  tags: names,
  date_from: text,
  date_to: text,
  unread_only: z.unknown().optional(),
  order_by: text,
})

const CustomerFilters = z.looseObject({
  ...paging,
  search: text,
  source: text,
  tags: names,
  tag_ids: z.array(int).optional(),
  has_email: flag,
  has_phone: flag,
  has_unread: flag,
  conversation_status: text,
  date_from: text,
  date_to: text,
  last_activity_from: text,
  last_activity_to: text,
  order_by: text,
})

const CustomerConversation = LegacyConversation.omit({ customer: true }).extend({
  last_message: LegacyLastMessage.extend({ is_ai_response: z.boolean() }).nullable(),
})

/** A row of `customers_list`. */
export const CustomerRow = LegacyCustomer.omit({ description: true, tag: true }).extend({
  tags: LegacyCustomer.shape.tag,
  conversations: z.array(CustomerConversation),
})

const list = {
  pagination: LegacyPagination,
  filters: z.record(z.string(), z.unknown()),
  count,
  page_count: count,
  ...at,
}
const choice = z.strictObject({ value: z.string(), label: z.string() })

/** The socket of the person's conversations. */
export const CONVERSATIONS_SOCKET: SocketDoc = {
  path: '/ws/conversations/',
  summary: 'The person’s conversations',
  client: {
    get_conversations: asking(
      'get_conversations',
      { filters: ConversationFilters.nullish() },
      'Asks for a page',
    ),
    refresh_conversations: asking(
      'refresh_conversations',
      { filters: ConversationFilters.nullish() },
      'The same as get_conversations',
    ),
    filter_conversations: asking(
      'filter_conversations',
      { filters: ConversationFilters.nullish() },
      'The same as get_conversations',
    ),
    search_conversations: asking(
      'search_conversations',
      { search_term: text },
      'Searches, without other filters',
    ),
    get_conversation_filter_options: asking(
      'get_conversation_filter_options',
      {},
      'Asks for the values that can be filtered by',
    ),
    ...everywhere.client,
  },
  server: {
    conversations_list: frame(
      'conversations_list',
      { conversations: z.array(LegacyConversation), ...list },
      'A page; pushed with the connection’s own filters when something changes',
    ),
    conversation_updated: frame(
      'conversation_updated',
      { conversation_id: ConversationId },
      'A conversation changed; the list follows',
    ),
    new_customer_message: frame(
      'new_customer_message',
      { conversation_id: ConversationId, message: z.string(), ...at },
      'A customer wrote; the list follows',
    ),
    conversation_filter_options: frame(
      'conversation_filter_options',
      {
        options: z.strictObject({
          statuses: z.array(ConversationStatus),
          sources: z.array(Source),
          priorities: z.array(int),
          tags: z.array(z.string()),
          order_options: z.array(choice),
        }),
        ...at,
      },
      'The values that can be filtered by',
    ),
    ...everywhere.server,
  },
}

/** The socket of the person's customers. */
export const CUSTOMERS_SOCKET: SocketDoc = {
  path: '/ws/customers/',
  summary: 'The person’s customers',
  client: {
    get_customers: asking('get_customers', { filters: CustomerFilters.nullish() }, 'Asks for a page'),
    refresh_customers: asking(
      'refresh_customers',
      { filters: CustomerFilters.nullish() },
      'The same as get_customers',
    ),
    filter_customers: asking(
      'filter_customers',
      { filters: CustomerFilters.nullish() },
      'The same as get_customers',
    ),
    search_customers: asking('search_customers', { search_term: text }, 'Searches, without other filters'),
    get_filter_options: asking('get_filter_options', {}, 'Asks for the values that can be filtered by'),
    ...everywhere.client,
  },
  server: {
    customers_list: frame(
      'customers_list',
      { customers: z.array(CustomerRow), ...list },
      'A page; pushed with the connection’s own filters when a customer is changed or deleted',
    ),
    filter_options: frame(
      'filter_options',
      {
        options: z.strictObject({
          sources: z.array(Source),
          tags: z.array(z.string()),
          conversation_statuses: z.array(ConversationStatus),
          has_email_options: z.array(choice),
          has_phone_options: z.array(choice),
          has_unread_options: z.array(choice),
          order_options: z.array(choice),
        }),
        ...at,
      },
      'The values that can be filtered by',
    ),
    ...everywhere.server,
  },
}
