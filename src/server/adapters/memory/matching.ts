import type { ConversationFilter, CustomerFilter } from '../../contract/filters.ts'
import type { ConversationRow, CustomerRow } from './rows.ts'
import { type MemoryState, requireRow } from './state.ts'
import { isShown as isShownMessage } from './views.ts'

/** True where the text occurs in one of these, in any case; an absent text occurs everywhere. */
export const occursIn = (texts: (string | null)[], search: string | undefined): boolean =>
  search === undefined || texts.some((text) => text?.toLowerCase().includes(search.toLowerCase()))

/** True where the filter does not ask, or asks for this. */
const isAsked = <T>(asked: T | undefined, value: T): boolean => asked === undefined || asked === value

const isSince = (asked: string | undefined, at: string) =>
  asked === undefined || Date.parse(at) >= Date.parse(asked)
export const isUntil = (asked: string | undefined, at: string) =>
  asked === undefined || Date.parse(at) <= Date.parse(asked)
export const isAt = (asked: string | undefined, at: string): boolean =>
  asked === undefined || Date.parse(asked) === Date.parse(at)

const isTagged = (names: string[] | undefined, { tags }: CustomerRow) =>
  names === undefined || tags.some(({ name }) => names.includes(name))

const fullName = ({ firstName, lastName }: CustomerRow) =>
  [firstName, lastName].filter((part) => part !== null).join(' ')

/** All that a search of conversations looks into. */
export function textsOf(state: MemoryState, row: ConversationRow): (string | null)[] {
  const customer = requireRow(state.customers, row.customerId, 'customer')
  const said = row.thread.filter(isShownMessage).map(({ content }) => content)
  return [row.title, customer.username, customer.email, fullName(customer), ...said]
}

export const isMatching = (state: MemoryState, row: ConversationRow, filter: ConversationFilter): boolean =>
  occursIn(filter.isTitleSearch ? [row.title] : textsOf(state, row), filter.search) &&
  isAsked(filter.status, row.status) &&
  isAsked(filter.source, row.source) &&
  isAsked(filter.priority, row.priority) &&
  isAsked(filter.isActive, row.isActive) &&
  isAsked(filter.isUnread, row.unreadCount > 0) &&
  isSince(filter.createdFrom, row.createdAt) &&
  isUntil(filter.createdTo, row.createdAt) &&
  isUntil(filter.asOf, row.createdAt) &&
  isAt(filter.createdAt, row.createdAt) &&
  isAt(filter.updatedAt, row.updatedAt) &&
  isTagged(filter.tags, requireRow(state.customers, row.customerId, 'customer'))

const SEARCHED = {
  socket: (row: CustomerRow) => [row.username, row.email, row.phoneNumber, fullName(row)],
  rest: (row: CustomerRow) => [row.phoneNumber, row.description, fullName(row)],
}

/** Customers without a conversation are not shown. */
export function isShown(state: MemoryState, row: CustomerRow, filter: CustomerFilter): boolean {
  const theirs = [...state.conversations.values()].filter(
    ({ customerId, isHidden }) => customerId === row.id && !isHidden,
  )
  return (
    theirs.length > 0 &&
    occursIn(SEARCHED[filter.searchIn ?? 'socket'](row), filter.search) &&
    isAsked(filter.source, row.source) &&
    isAsked<string | null>(filter.email, row.email) &&
    isAsked(filter.hasEmail, Boolean(row.email)) &&
    isAsked(filter.hasPhone, Boolean(row.phoneNumber)) &&
    isAsked(
      filter.hasUnread,
      theirs.some(({ unreadCount }) => unreadCount > 0),
    ) &&
    theirs.some(({ status }) => isAsked(filter.conversationStatus, status)) &&
    isSince(filter.createdFrom, row.createdAt) &&
    isUntil(filter.createdTo, row.createdAt) &&
    isSince(filter.updatedFrom, row.updatedAt) &&
    isUntil(filter.updatedTo, row.updatedAt) &&
    isUntil(filter.asOf, row.createdAt) &&
    isAt(filter.createdAt, row.createdAt) &&
    isAt(filter.updatedAt, row.updatedAt) &&
    (filter.tagIds === undefined || row.tags.some(({ id }) => filter.tagIds?.includes(id))) &&
    isTagged(filter.tags, row)
  )
}

/** Compares by one value and then by id; a missing value comes first. */
export const byValue =
  <Row extends { id: string | number }>(
    column: (row: Row) => string | number | null,
    isDescending: boolean,
  ) =>
  (a: Row, b: Row): number =>
    (compare(column(a) ?? '', column(b) ?? '') || compare(a.id, b.id)) * (isDescending ? -1 : 1)

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0)

/** When the newest of these was created; null without any. */
export const newestOf = (rows: { createdAt: string }[]): string | null =>
  rows
    .map(({ createdAt }) => createdAt)
    .toSorted()
    .at(-1) ?? null
