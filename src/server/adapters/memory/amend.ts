import { DomainError } from '../../core/errors.ts'
import type { AmendDraft, CustomerFields } from '../../core/ports/journal.ts'
import { dropAttachments } from './drop-attachments.ts'
import { erased, isErased, notFound, requireOwned } from './owned.ts'
import type { CustomerRow, LoggedEvent } from './rows.ts'
import { instantOf, logEvent, type MemoryState } from './state.ts'
import { toLiveEvent } from './views.ts'

type DraftOf<Kind extends AmendDraft['kind']> = Extract<AmendDraft, { kind: Kind }>

/** Changes whose object is not a conversation's state, or is gone afterwards. */
export function amend(state: MemoryState, draft: AmendDraft) {
  if (draft.kind === 'feedback') return rate(state, draft)
  if (draft.kind === 'delete') return deleteConversation(state, draft)
  if (draft.kind === 'reach') return reach(state, draft)
  return draft.kind === 'customer' ? changeCustomer(state, draft) : deleteCustomer(state, draft)
}

export function amended(
  state: MemoryState,
  workspaceId: number,
  event: Pick<LoggedEvent, 'type'> & Partial<LoggedEvent>,
) {
  const at = instantOf(state)
  const logged = logEvent(state, workspaceId, {
    at,
    conversationId: null,
    messageId: null,
    data: {},
    ...event,
  })
  return { workspaceId, event: toLiveEvent(state, logged) }
}

function rate(state: MemoryState, draft: DraftOf<'feedback'>) {
  const {
    id: conversationId,
    workspaceId,
    thread,
  } = requireOwned(state, draft.workspaceIds, draft.conversationId)
  const message = thread.find(({ id, type }) => id === draft.messageId && type === 'AI')
  if (!message) throw notFound()
  if (draft.comment !== '' && isErased(state, conversationId)) throw erased()
  const { feedback, comment: feedbackComment } = draft
  Object.assign(message, { feedback, feedbackComment, feedbackAt: instantOf(state) })
  return amended(state, workspaceId, { type: 'message.rated', conversationId, messageId: message.id })
}

function deleteConversation(state: MemoryState, draft: DraftOf<'delete'>) {
  const { id, workspaceId, customerId } = requireOwned(state, draft.workspaceIds, draft.conversationId)
  forgetConversation(state, id)
  const data = { customer: customerId }
  return amended(state, workspaceId, { type: 'conversation.deleted', conversationId: id, data })
}

export function forgetConversation(state: MemoryState, id: string): void {
  state.conversations.delete(id)
  dropAttachments(state, ({ conversationId }) => conversationId === id)
  state.deliveries = state.deliveries.filter(({ conversationId }) => conversationId !== id)
  for (const [messageId, { conversationId }] of state.messages)
    if (conversationId === id) state.messages.delete(messageId)
  for (const [key, { conversationId }] of state.messageKeys)
    if (conversationId === id) state.messageKeys.delete(key)
}

const FIELDS = {
  first_name: 'firstName',
  last_name: 'lastName',
  username: 'username',
  email: 'email',
  phone_number: 'phoneNumber',
  description: 'description',
  profile_picture: 'profilePicture',
  data: 'data',
} as const satisfies Record<keyof CustomerFields, keyof CustomerRow>

function changeCustomer(state: MemoryState, draft: DraftOf<'customer'>) {
  const customer = requireCustomer(state, draft)
  if (customer.erasedAt && Object.keys(draft.fields).length > 0) throw erased()
  for (const [field, value] of Object.entries(draft.fields))
    Object.assign(customer, { [FIELDS[field as keyof CustomerFields]]: value })
  customer.updatedAt = instantOf(state)
  const { tagIds } = draft
  const { workspaceId } = customer
  if (tagIds)
    customer.tags = state.tags.filter((tag) => tag.workspaceId === workspaceId && tagIds.includes(tag.id))
  return amended(state, workspaceId, { type: 'customer.changed', data: { customer: customer.id } })
}

function reach(state: MemoryState, draft: DraftOf<'reach'>) {
  const customer = requireCustomer(state, draft)
  const { workspaceId } = customer
  if (customer.erasedAt || (customer.unreachable ?? null) === draft.reason)
    return { workspaceId, event: null }
  return setReach(state, customer, draft.reason)
}

/** Notes why nothing reaches the customer, or that something does again. */
export function setReach(state: MemoryState, customer: CustomerRow, reason: string | null) {
  customer.updatedAt = instantOf(state)
  if (reason === null) delete customer.unreachable
  else customer.unreachable = reason
  return amended(state, customer.workspaceId, { type: 'customer.changed', data: { customer: customer.id } })
}

function deleteCustomer(state: MemoryState, draft: DraftOf<'delete_customer'>) {
  const { id, workspaceId } = requireCustomer(state, draft)
  const theirs = [...state.conversations.values()].filter(({ customerId }) => customerId === id)
  const conversations = theirs.map((conversation) => conversation.id)
  for (const conversation of conversations) forgetConversation(state, conversation)
  state.customers.delete(id)
  return amended(state, workspaceId, { type: 'customer.deleted', data: { customer: id, conversations } })
}

function requireCustomer(
  state: MemoryState,
  draft: { customerId: number; workspaceIds: number[] },
): CustomerRow {
  const customer = state.customers.get(draft.customerId)
  if (customer && draft.workspaceIds.includes(customer.workspaceId)) return customer
  throw new DomainError('not_found', 'Customer not found')
}
