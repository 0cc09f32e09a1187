import type { LiveEvent } from '../../server/contract/event.ts'
import { isOfSpam } from '../../server/contract/held-events.ts'
import {
  type ConsoleCache,
  changeMessage,
  changeThread,
  putConversation,
  putCustomer,
  putMessage,
  putRating,
  recount,
} from './console-cache.ts'
import { emptyConversation, emptyMessage } from './erased.ts'
import { MAX_DELETED } from './limits.ts'
import { without, withoutFinds } from './list-cache.ts'
import { withState } from './newest.ts'
import { withDelivery, withUnreached } from './thread-cache.ts'

/** Applies one event of the workspace's log. The same event twice, or an older one, changes nothing. */
export const applyEvent = (cache: ConsoleCache, event: LiveEvent): ConsoleCache => {
  if (event.type === 'delivery.attempted') return applyDelivery(cache, event)
  if (event.type === 'message.rated') return putRating(cache, event.message)
  if (event.type === 'message.changed') return changeMessage(cache, event.message)
  if (event.type === 'customer.changed') return putCustomer(cache, event.customer)
  if (event.type === 'conversation.deleted') return withoutConversation(cache, event.conversationId)
  if (event.type === 'customer.deleted') return event.conversationIds.reduce(withoutConversation, cache)
  if (event.type === 'customer.erased') return eraseCustomer(cache, event)
  if (isOfSpam(event)) return cache
  const message = 'message' in event ? event.message : null
  const known = cache.conversations.get(event.conversation.id)
  const next = known ? putConversation(cache, withState(known, event.conversation, message)) : cache
  return message ? putMessage(next, message) : next
}

/** The conversation that an event speaks of and the cache does not hold. */
export const unknownConversation = (cache: ConsoleCache, event: LiveEvent): string | null => {
  if (isOfSomethingElse(event)) return null
  const id = event.type === 'delivery.attempted' ? event.conversationId : event.conversation.id
  return cache.conversations.has(id) ? null : id
}

type Other = Extract<
  LiveEvent,
  {
    type:
      | 'message.rated'
      | 'message.changed'
      | 'message.held'
      | 'message.discarded'
      | 'customer.changed'
      | 'customer.deleted'
      | 'customer.erased'
      | 'conversation.deleted'
  }
>

/** True of events that bring no conversation into view: what they speak of is shown already, or not at all. */
const isOfSomethingElse = (event: LiveEvent): event is Other =>
  event.type === 'message.rated' ||
  event.type === 'message.changed' ||
  isOfSpam(event) ||
  event.type === 'customer.changed' ||
  event.type === 'customer.deleted' ||
  event.type === 'customer.erased' ||
  event.type === 'conversation.deleted'

const applyDelivery = (
  cache: ConsoleCache,
  event: LiveEvent & { type: 'delivery.attempted' },
): ConsoleCache => {
  const { conversationId, messageId, op, delivery } = event
  if (op) {
    const isUnreached = delivery.state === 'failed' || delivery.state === 'unconfirmed'
    const unreached = isUnreached ? op : undefined
    return changeThread(cache, conversationId, (thread) => withUnreached(thread, messageId, unreached))
  }
  const next = changeThread(cache, conversationId, (thread) => withDelivery(thread, messageId, delivery))
  const held = next.conversations.get(conversationId)
  if (held?.lastMessage?.id !== messageId) return next
  return putConversation(next, { ...held, lastMessage: { ...held.lastMessage, delivery } })
}

type Erasure = LiveEvent & { type: 'customer.erased' }

/** Lets go of all that was held of a customer: what was said is emptied in its place, and searches find it no more. */
const eraseCustomer = (cache: ConsoleCache, event: Erasure): ConsoleCache =>
  event.conversationIds.reduce((next, id) => eraseConversation(next, id, event), cache)

const eraseConversation = (cache: ConsoleCache, id: string, event: Erasure): ConsoleCache => {
  const emptied = changeThread({ ...cache, lists: withoutFinds(cache.lists, id) }, id, (thread) => ({
    ...thread,
    messages: thread.messages.map((message) => emptyMessage(message, event.at)),
  }))
  const held = emptied.conversations.get(id)
  return held ? putConversation(emptied, emptyConversation(held, event)) : emptied
}

const withoutConversation = (cache: ConsoleCache, id: string): ConsoleCache => {
  if (cache.deleted.has(id)) return cache
  const held = cache.conversations.get(id)
  const deleted = new Set([...cache.deleted, id].slice(-MAX_DELETED))
  const conversations = new Map(cache.conversations)
  const threads = new Map(cache.threads)
  conversations.delete(id)
  threads.delete(id)
  const lists = new Map([...cache.lists].map(([key, list]) => [key, without(list, id)]))
  const counts = held ? recount(cache.counts, held, null) : cache.counts
  return { conversations, lists, threads, counts, deleted }
}
