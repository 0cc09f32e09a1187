import { parseConversationFilter } from '../../contract/filters.ts'
import { isOfSpam } from '../../contract/held-events.ts'
import { legacyContent, toLegacyConversation } from '../../contract/legacy-shapes.ts'
import { conversationOptions, pageConversations } from '../../core/conversations/page.ts'
import type { ListKind } from './paged-list.ts'

const ORDER_OPTIONS = [
  { value: '-updated_at', label: 'Recently Updated' },
  { value: '-created_at', label: 'Recently Created' },
  { value: 'created_at', label: 'Oldest First' },
  { value: 'title', label: 'Title A-Z' },
  { value: '-title', label: 'Title Z-A' },
  { value: 'status', label: 'Status A-Z' },
  { value: 'priority', label: 'Priority A-Z' },
]

/** `/ws/conversations/`. */
export const conversationList: ListKind = {
  listType: 'conversations_list',
  rowsKey: 'conversations',
  asks: ['get_conversations', 'refresh_conversations', 'filter_conversations'],
  searches: 'search_conversations',
  asksOptions: 'get_conversation_filter_options',
  loadFailure: 'Failed to load conversations',
  optionsFailure: 'Failed to load conversation filter options',
  async load(ctx, filters, { asOf, ...page }) {
    const filter = parseConversationFilter(filters)
    const { rows, ...rest } = await pageConversations(ctx, filter && { ...filter, asOf }, page)
    return { ...rest, rows: rows.map(toLegacyConversation) }
  },
  async options(ctx) {
    const options = await conversationOptions(ctx)
    return { type: 'conversation_filter_options', options: { ...options, order_options: ORDER_OPTIONS } }
  },
  concerns: (event) => !isOfSpam(event),
  announce: (event) =>
    (event.type === 'message.sent' || event.type === 'message.released') && event.message.type === 'customer'
      ? {
          type: 'new_customer_message',
          conversation_id: event.message.conversationId,
          message: legacyContent(event.message),
          timestamp: event.message.createdAt,
        }
      : null,
  named(event) {
    if ('conversation' in event) return [event.conversation.id]
    const isOfMessage = event.type === 'message.rated' || event.type === 'message.changed'
    return isOfMessage || event.type === 'delivery.attempted' ? [event.conversationId] : []
  },
  nameFrame: (conversation_id) => ({ type: 'conversation_updated', conversation_id }),
}
