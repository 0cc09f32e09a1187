import type { Conversation, ConversationPage, ConversationState } from '../../server/contract/conversation.ts'
import type { Customer } from '../../server/contract/customer.ts'
import type { Message, MessagePage } from '../../server/contract/message.ts'
import { MAX_CONVERSATIONS, MAX_LISTS, MAX_THREADS } from './limits.ts'
import { belongs, type ListCache, type ListFilter, listKey, placeInList, withRows } from './list-cache.ts'
import { isNews, newest, withState } from './newest.ts'
import {
  type Rating,
  type ThreadCache,
  threadFromPage,
  withChanged,
  withMessage,
  withRating,
} from './thread-cache.ts'

export type Counts = ConversationPage['counts']

/** Everything the console has read. Only the functions of this file and of apply-event.ts make a new one from an old one. */
export interface ConsoleCache {
  conversations: ReadonlyMap<string, Conversation>
  lists: ReadonlyMap<string, ListCache>
  threads: ReadonlyMap<string, ThreadCache>
  counts: Counts | null
  /** Conversations that are gone for good, so that an open one can say so. */
  deleted: ReadonlySet<string>
}

export const emptyCache: ConsoleCache = {
  conversations: new Map(),
  lists: new Map(),
  threads: new Map(),
  counts: null,
  deleted: new Set(),
}

/** Takes a conversation that was read whole, unless a newer state of it is held. */
export const mergeConversation = (cache: ConsoleCache, incoming: Conversation): ConsoleCache => {
  const held = cache.conversations.get(incoming.id)
  return putConversation(cache, held ? newest(held, incoming) : incoming)
}

/** Takes the answer of a mutation or an event's state of a known conversation. */
export const mergeState = (cache: ConsoleCache, state: ConversationState): ConsoleCache => {
  const held = cache.conversations.get(state.id)
  return held ? putConversation(cache, withState(held, state, null)) : cache
}

/** Takes a page of a list. The first page replaces the list, a later one is added to it. */
export const mergeListPage = (
  cache: ConsoleCache,
  filter: ListFilter,
  page: ConversationPage,
  isFirst: boolean,
): ConsoleCache => {
  const conversations = new Map(cache.conversations)
  for (const incoming of page.conversations) {
    const held = conversations.get(incoming.id)
    conversations.set(incoming.id, held ? newest(held, incoming) : incoming)
  }
  const key = listKey(filter)
  const empty: ListCache = { filter, ids: [], hasMore: page.hasMore }
  const held = isFirst ? empty : (cache.lists.get(key) ?? empty)
  const rows = page.conversations.map(({ id }) => id).filter((id) => shows(conversations.get(id), filter))
  const list = withRows(held, { ids: rows, hasMore: page.hasMore }, conversations)
  const lists = bounded(new Map(cache.lists), key, list, MAX_LISTS)
  const counts = isFirst ? page.counts : cache.counts
  return { ...cache, conversations: pruned(conversations, lists, cache.threads), lists, counts }
}

/** Takes the newest page of a thread; `upTo` as in `threadFromPage`. */
export const mergeThreadPage = (
  cache: ConsoleCache,
  id: string,
  page: MessagePage,
  upTo: number,
): ConsoleCache => putThread(cache, id, threadFromPage(page, upTo))

/** Replaces one thread by what `change` makes of it; an unknown thread stays unknown. */
export const changeThread = (
  cache: ConsoleCache,
  id: string,
  change: (thread: ThreadCache) => ThreadCache,
): ConsoleCache => {
  const thread = cache.threads.get(id)
  const next = thread && change(thread)
  return !next || next === thread ? cache : { ...cache, threads: new Map(cache.threads).set(id, next) }
}

/** Takes a stored message, from an event or as the answer of a send. */
export const putMessage = (cache: ConsoleCache, message: Message): ConsoleCache =>
  changeThread(cache, message.conversationId, (thread) => withMessage(thread, message))

/** Takes what is thought of an answer of the bot. */
export const putRating = (cache: ConsoleCache, rating: Rating): ConsoleCache =>
  changeThread(cache, rating.conversationId, (thread) => withRating(thread, rating))

/** Takes a message that is no longer as it was, where it is shown. */
export const changeMessage = (cache: ConsoleCache, message: Message): ConsoleCache => {
  const next = changeThread(cache, message.conversationId, (thread) => withChanged(thread, message))
  const held = next.conversations.get(message.conversationId)
  return held?.lastMessage?.id === message.id
    ? putConversation(next, { ...held, lastMessage: message })
    : next
}

/** Takes a customer as they are now, in each of their conversations. */
export const putCustomer = (cache: ConsoleCache, customer: Customer): ConsoleCache =>
  [...cache.conversations.values()]
    .filter((held) => held.customerId === customer.id && isNews(held.customer, customer))
    .reduce((next, held) => putConversation(next, { ...held, customer }), cache)

/** Brings a thread to the front of those that are kept. */
export const touchThread = (cache: ConsoleCache, id: string): ConsoleCache => {
  const thread = cache.threads.get(id)
  return thread ? putThread(cache, id, thread) : cache
}

const putThread = (cache: ConsoleCache, id: string, thread: ThreadCache): ConsoleCache => ({
  ...cache,
  threads: bounded(new Map(cache.threads), id, thread, MAX_THREADS),
})

/** Takes a conversation as it is now, in every list where it belongs. */
export const putConversation = (cache: ConsoleCache, conversation: Conversation): ConsoleCache => {
  const before = cache.conversations.get(conversation.id)
  if (before === conversation) return cache
  const conversations = new Map(cache.conversations).set(conversation.id, conversation)
  const lists = new Map(cache.lists)
  for (const [key, list] of lists) lists.set(key, placeInList(list, conversation, conversations))
  return {
    ...cache,
    conversations,
    lists,
    counts: before ? recount(cache.counts, before, conversation) : cache.counts,
  }
}

const shows = (conversation: Conversation | undefined, { view, search }: ListFilter) =>
  conversation !== undefined && (search !== '' || belongs(conversation, view))

/** The counts after one conversation has changed, or gone. */
export const recount = (
  counts: Counts | null,
  before: Conversation,
  after: Conversation | null,
): Counts | null => {
  if (!counts) return null
  const change = (view: 'open' | 'unread' | 'closed') =>
    Math.max(0, counts[view] + Number(after !== null && belongs(after, view)) - Number(belongs(before, view)))
  const next = { open: change('open'), unread: change('unread'), closed: change('closed') }
  const isSame = next.open === counts.open && next.unread === counts.unread && next.closed === counts.closed
  return isSame ? counts : next
}

/** Lets go of conversations that no list and no thread shows, once there are too many of them. */
const pruned = (
  conversations: ConsoleCache['conversations'],
  lists: ConsoleCache['lists'],
  threads: ConsoleCache['threads'],
) => {
  if (conversations.size <= MAX_CONVERSATIONS) return conversations
  const shown = new Set([...lists.values()].flatMap(({ ids }) => ids))
  return new Map([...conversations].filter(([id]) => shown.has(id) || threads.has(id)))
}

/** Sets a key as the newest of an insertion-ordered map and lets the oldest go beyond `max`. */
const bounded = <T>(map: Map<string, T>, key: string, value: T, max: number): Map<string, T> => {
  map.delete(key)
  map.set(key, value)
  for (const oldest of map.keys()) {
    if (map.size <= max) break
    map.delete(oldest)
  }
  return map
}
