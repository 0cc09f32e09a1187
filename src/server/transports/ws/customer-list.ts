import { parseCustomerFilter } from '../../contract/filters.ts'
import { toCustomerRow } from '../../contract/legacy-shapes.ts'
import { customerOptions, pageCustomersWithConversations } from '../../core/customers/page.ts'
import type { ListKind } from './paged-list.ts'

const ORDER_OPTIONS = [
  { value: '-updated_at', label: 'Recently Updated' },
  { value: '-created_at', label: 'Recently Created' },
  { value: 'created_at', label: 'Oldest First' },
  { value: 'first_name', label: 'Name A-Z' },
  { value: '-first_name', label: 'Name Z-A' },
]

const choices = (yes: string, no: string) => [
  { value: 'true', label: yes },
  { value: 'false', label: no },
  { value: 'all', label: 'All' },
]

/** `/ws/customers/`. */
export const customerList: ListKind = {
  listType: 'customers_list',
  rowsKey: 'customers',
  asks: ['get_customers', 'refresh_customers', 'filter_customers'],
  searches: 'search_customers',
  asksOptions: 'get_filter_options',
  loadFailure: 'Failed to load customers',
  optionsFailure: 'Failed to load filter options',
  async load(ctx, filters, { asOf, ...page }) {
    const filter = parseCustomerFilter(filters)
    const { rows, ...rest } = await pageCustomersWithConversations(ctx, filter && { ...filter, asOf }, page)
    return { ...rest, rows: rows.map(toCustomerRow) }
  },
  async options(ctx) {
    const { sources, tags, conversationStatuses } = await customerOptions(ctx)
    const options = {
      sources,
      tags,
      conversation_statuses: conversationStatuses,
      has_email_options: choices('Has Email', 'No Email'),
      has_phone_options: choices('Has Phone', 'No Phone'),
      has_unread_options: choices('Has Unread', 'No Unread'),
      order_options: ORDER_OPTIONS,
    }
    return { type: 'filter_options', options }
  },
  concerns: ({ type }) =>
    type === 'customer.changed' ||
    type === 'customer.erased' ||
    type === 'customer.deleted' ||
    type === 'conversation.deleted',
}
