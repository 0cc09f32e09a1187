import type { Conversation, ConversationState } from '../../server/contract/conversation.ts'
import type { Customer } from '../../server/contract/customer.ts'
import type { Message } from '../../server/contract/message.ts'

// An answer may come later than the event of a change after it. Two changes within a millisecond come in order.
export const isNews = (held: Customer, incoming: Customer) =>
  incoming.updatedAt > held.updatedAt ||
  (incoming.updatedAt === held.updatedAt && JSON.stringify(incoming) !== JSON.stringify(held))

/** The held conversation with a newer state, and a message that is newer than its last. */
export const withState = (
  held: Conversation,
  state: ConversationState,
  message: Message | null,
): Conversation => {
  const isNewer = state.rev > held.rev
  const lastMessage = message && message.seq > (held.lastMessage?.seq ?? 0) ? message : held.lastMessage
  if (!isNewer && lastMessage === held.lastMessage) return held
  return { ...held, ...(isNewer ? state : {}), lastMessage }
}

/** Of two readings of a conversation, what is newest of each part. */
export const newest = (held: Conversation, incoming: Conversation): Conversation => {
  const lastMessage = later(held.lastMessage, incoming.lastMessage)
  return incoming.rev >= held.rev
    ? { ...incoming, customer: latest(held.customer, incoming.customer), lastMessage }
    : { ...held, customer: latest(held.customer, incoming.customer), lastMessage }
}

const latest = (held: Customer, incoming: Customer) => (isNews(held, incoming) ? incoming : held)

const later = (held: Message | null, incoming: Message | null): Message | null => {
  if (!incoming) return held
  return !held || incoming.seq >= held.seq ? incoming : held
}
