import type { OpenDraft } from '../../core/ports/journal.ts'
import { setReach } from './amend.ts'
import { changed } from './append-change.ts'
import { botAnswers } from './keys.ts'
import type { ConversationRow, CustomerRow } from './rows.ts'
import { instantOf, type MemoryState, requireRow, tagOf } from './state.ts'

const MAX_TITLE = 100

/** The customer's open conversation on the channel, else their newest closed one, else a new one. */
export function openConversation(state: MemoryState, draft: OpenDraft) {
  requireRow(state.channels, draft.channelId, 'channel')
  const customer = meetCustomer(state, draft)
  // Who writes can be reached again.
  const reached = customer.unreachable === undefined ? null : setReach(state, customer, null)
  const found = findConversation(state, customer)
  if (found) return { ...changed(state, found, null, customer.id), event: reached?.event ?? null }
  const conversation = toRow(state, customer, draft.conversationId)
  tag(state, customer)
  conversation.isHidden = draft.isHidden ?? false
  state.conversations.set(conversation.id, conversation)
  const opened = { type: 'conversation.opened' as const, data: {} }
  return changed(state, conversation, conversation.isHidden ? null : opened, customer.id)
}

/** Names that are known already are kept; those that were missing are filled in. */
function meetCustomer(state: MemoryState, draft: OpenDraft): CustomerRow {
  const isThis = ({ workspaceId, channelId, sourceId }: CustomerRow) =>
    workspaceId === draft.workspaceId && channelId === draft.channelId && sourceId === draft.sourceId
  const known = [...state.customers.values()].find(isThis)
  if (!known) return insertCustomer(state, draft)
  known.firstName = known.firstName || draft.firstName
  known.lastName = known.lastName || draft.lastName
  known.username = known.username || draft.username
  return known
}

function insertCustomer(state: MemoryState, draft: OpenDraft): CustomerRow {
  const at = instantOf(state)
  const { workspaceId, channelId, source, sourceId, firstName, lastName, username } = draft
  const unknown = { email: null, phoneNumber: null, description: null, bio: null, profilePicture: null }
  const times = { createdAt: at, updatedAt: at }
  const names = { firstName, lastName, username }
  const place = { id: state.nextId(), workspaceId, channelId, source, sourceId }
  const customer = { ...place, ...names, ...unknown, ...times, tags: [], data: {}, isTrusted: false }
  state.customers.set(customer.id, customer)
  return customer
}

function findConversation(state: MemoryState, customer: CustomerRow): ConversationRow | undefined {
  const theirs = [...state.conversations.values()].filter(
    ({ customerId, channelId }) => customerId === customer.id && channelId === customer.channelId,
  )
  const newest = theirs.toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
  return newest.find(({ status }) => status !== 'closed') ?? newest[0]
}

function tag(state: MemoryState, customer: CustomerRow): void {
  const name = customer.source.charAt(0).toUpperCase() + customer.source.slice(1)
  const row = tagOf(state, customer.workspaceId, name)
  if (!customer.tags.includes(row)) customer.tags.push(row)
}

function toRow(state: MemoryState, customer: CustomerRow, id: string): ConversationRow {
  const at = instantOf(state)
  const { workspaceId, channelId, source } = customer
  const status = botAnswers(state, workspaceId) ? ('active' as const) : ('support_active' as const)
  const seqs = { lastSeq: 0, answeredSeq: 0, seenSeq: 0, unreadCount: 0, rev: 0 }
  const fixed = { priority: 1, isActive: true, assigneeId: null, createdAt: at, updatedAt: at }
  const empty = { thread: [], isHidden: false }
  const place = { id, workspaceId, customerId: customer.id, channelId, source }
  return { ...place, title: titleOf(customer), status, ...seqs, ...fixed, ...empty }
}

function titleOf({ id, source, firstName, lastName, username }: CustomerRow): string {
  const name = [firstName, lastName].filter(Boolean).join(' ')
  const whole = `${name}${username ? ` (@${username})` : ''}`.replace(/^ +| +$/g, '') || `Customer ${id}`
  return [...`${source} - ${whole} | ${source}`].slice(0, MAX_TITLE).join('')
}
