import type { Conversation, ConversationState } from '../../contract/conversation.ts'
import type { Customer } from '../../contract/customer.ts'
import { displayName } from '../../contract/display-name.ts'
import type { LiveEvent } from '../../contract/event.ts'
import type { Delivery, Message } from '../../contract/message.ts'
import { isUnfinished } from './outbox.ts'
import type { ConversationRow, CustomerRow, LoggedEvent, MessageRow } from './rows.ts'
import { type MemoryState, requireRow } from './state.ts'

/** True of a message that is not held as spam. */
export const isShown = ({ isHeld }: MessageRow): boolean => !isHeld

export function toConversationState(row: ConversationRow): ConversationState {
  const { workspaceId: _, thread: __, isHidden: ___, ...state } = row
  return { ...state }
}

export function toConversation(state: MemoryState, row: ConversationRow): Conversation {
  const last = row.thread.findLast(isShown)
  const customer = requireRow(state.customers, row.customerId, 'customer')
  return {
    ...toConversationState(row),
    customer: toCustomer(customer),
    lastMessage: last ? toMessage(state, last) : null,
  }
}

export function toCustomer(row: CustomerRow): Customer {
  const {
    workspaceId: _,
    channelId: __,
    data: ___,
    isTrusted: ____,
    erasureEndedAt: _____,
    ...customer
  } = row
  const tags = customer.tags.map(({ id, name }) => ({ id, name }))
  tags.sort((a, b) => (a.name < b.name ? -1 : 1))
  return { ...customer, tags }
}

export function toMessage(state: MemoryState, row: MessageRow): Message {
  const {
    workspaceId: _,
    channelId: __,
    sender: ___,
    providerId: ____,
    ai: _____,
    hold: ______,
    isHeld: _______,
    replyToId: ________,
    edits: _________,
    order: __________,
    authorId,
    deliveries,
    ...message
  } = row
  const user = authorId === null ? null : requireRow(state.users, authorId, 'user')
  const author = user && { userId: user.id, name: displayName(user) }
  return { ...message, author, delivery: toDelivery(deliveries.findLast(({ op }) => op === 'send')) }
}

function toDelivery(row: MessageRow['deliveries'][number] | undefined): Delivery | null {
  if (!row) return null
  const attempts = row.attempts.length
  const isWaiting = row.state === 'queued' ? attempts > 0 && row.next !== 'reconnection' : row.next === 'echo'
  const messageId = row.result?.message_id as string | number | undefined
  return {
    state: row.state,
    attempts,
    error: row.error,
    nextAt: isWaiting ? new Date(row.nextAt).toISOString() : null,
    ...(row.next !== null && isUnfinished(row) && { next: row.next }),
    ...(messageId !== undefined && { messageId }),
  }
}

/** The event as readers see it, with the things it speaks of as those are now; null where they are gone. */
export function toLiveEvent(state: MemoryState, event: LoggedEvent): LiveEvent | null {
  const { seq, at, type, data } = event
  const base = { seq, at }
  const customer = state.customers.get(data.customer ?? 0)
  if (type === 'customer.changed') return customer ? { type, ...base, customer: toCustomer(customer) } : null
  if (type === 'customer.erased') {
    const conversationIds = data.conversations ?? []
    return customer ? { type, ...base, customer: toCustomer(customer), conversationIds } : null
  }
  if (type === 'customer.deleted')
    return { type, ...base, customerId: data.customer ?? 0, conversationIds: data.conversations ?? [] }
  if (type === 'conversation.deleted')
    return { type, ...base, conversationId: event.conversationId ?? '', customerId: data.customer ?? 0 }
  const row = state.conversations.get(event.conversationId ?? '')
  if (!row) return null
  const conversation = toConversationState(row)
  if (type === 'conversation.opened' || type === 'conversation.seen') return { type, ...base, conversation }
  if (type === 'conversation.read')
    return { type, ...base, conversation, userId: data.user ?? 0, upTo: data.upTo ?? 0 }
  if (type === 'conversation.changed') {
    const { from = conversation.status, to = conversation.status } = data
    return { type, ...base, conversation, from, to, userId: data.user ?? null }
  }
  const message = toMessage(state, requireRow(state.messages, event.messageId ?? '', 'message'))
  if (type === 'message.held' || type === 'message.discarded')
    return { type, ...base, conversationId: row.id, messageId: message.id }
  if (type === 'message.sent' || type === 'message.released') return { type, ...base, conversation, message }
  if (type === 'message.rated' || type === 'message.changed')
    return { type, ...base, conversationId: row.id, message }
  const { result = {}, op, state: rung = 'queued' } = data
  const about = {
    type,
    ...base,
    conversationId: row.id,
    messageId: message.id,
    messageSeq: message.seq,
    result,
  }
  const error = typeof result.error === 'string' ? result.error : null
  if (op) return { ...about, op, delivery: { state: rung, attempts: 0, error, nextAt: null } }
  return message.delivery && { ...about, delivery: message.delivery }
}
