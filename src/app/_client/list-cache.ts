import type { Conversation, ListConversations } from '../../server/contract/conversation.ts'
import { MAX_LIST_ROWS } from './limits.ts'

export type View = ListConversations['view']

export interface ListFilter {
  view: View
  search: string
}

/** The rows of one view that were read so far, newest activity first. `hasMore`: the server has rows below the last. */
export interface ListCache {
  filter: ListFilter
  ids: readonly string[]
  hasMore: boolean
}

export type Conversations = ReadonlyMap<string, Conversation>

export const listKey = ({ view, search }: ListFilter): string => `${view}/${search}`

/** Whether a view shows a conversation. A search is the server's to answer: we only know who is in it already. */
export const belongs = (conversation: Conversation, view: View): boolean => {
  if (view === 'all') return true
  if (view === 'closed') return conversation.status === 'closed'
  if (conversation.status === 'closed') return false
  return view === 'open' || conversation.unreadCount > 0
}

/** Newest activity first; equal instants by id, so that pages never overlap. */
export const byActivity = (a: Conversation, b: Conversation): number => {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt < b.updatedAt ? 1 : -1
  if (a.id === b.id) return 0
  return a.id < b.id ? 1 : -1
}

/** Puts one conversation where it belongs in a list now, or takes it out. */
export const placeInList = (
  list: ListCache,
  conversation: Conversation,
  conversations: Conversations,
): ListCache => {
  const isListed = list.ids.includes(conversation.id)
  if (!belongs(conversation, list.filter.view)) return isListed ? without(list, conversation.id) : list
  if (!isListed && list.filter.search !== '') return list
  const rest = isListed ? list.ids.filter((id) => id !== conversation.id) : list.ids
  const at = placeOf(rest, conversation, conversations)
  // Below the last row that was read the order is the server's to tell: the row comes back with its page.
  if (at === rest.length && list.hasMore) return isListed ? { ...list, ids: rest } : list
  if (isListed && list.ids[at] === conversation.id) return list
  return { ...list, ids: [...rest.slice(0, at), conversation.id, ...rest.slice(at)].slice(0, MAX_LIST_ROWS) }
}

/** The ids of a page added to a list, each once, in order. */
export const withRows = (
  list: ListCache,
  page: { ids: readonly string[]; hasMore: boolean },
  conversations: Conversations,
): ListCache => {
  const ids = sorted([...new Set([...list.ids, ...page.ids])], conversations)
  return { ...list, ids: ids.slice(0, MAX_LIST_ROWS), hasMore: page.hasMore && ids.length < MAX_LIST_ROWS }
}

/** A list that no longer shows one conversation. */
export const without = (list: ListCache, id: string): ListCache => ({
  ...list,
  ids: list.ids.filter((other) => other !== id),
})

const sorted = (ids: string[], conversations: Conversations) =>
  ids
    .flatMap((id) => conversations.get(id) ?? [])
    .sort(byActivity)
    .map(({ id }) => id)

const placeOf = (ids: readonly string[], conversation: Conversation, conversations: Conversations) => {
  let low = 0
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = conversations.get(ids[middle] ?? '')
    if (other && byActivity(other, conversation) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The lists with a conversation in none that was found by its words. */
export const withoutFinds = (
  lists: ReadonlyMap<string, ListCache>,
  id: string,
): ReadonlyMap<string, ListCache> =>
  new Map([...lists].map(([key, list]) => [key, list.filter.search === '' ? list : without(list, id)]))
