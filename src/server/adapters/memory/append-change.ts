import type { Appended, ChangeDraft, OutcomeDraft } from '../../core/ports/journal.ts'
import { providerKey, reopen } from './append-message.ts'
import { dropAttachments } from './drop-attachments.ts'
import { botAnswers } from './keys.ts'
import { queueDelivery } from './outbox.ts'
import { erased, isErased, notFound, requireOwned } from './owned.ts'
import {
  type ConversationRow,
  type DeliveryRow,
  instantOf,
  type LoggedEvent,
  logEvent,
  type MemoryState,
  type MessageRow,
  requireRow,
} from './state.ts'
import { isShown, toConversationState, toLiveEvent } from './views.ts'

type Change = Appended & { customerId: number | null }
type DraftOf<Kind extends ChangeDraft['kind']> = Extract<ChangeDraft, { kind: Kind }>
type Happened = Pick<LoggedEvent, 'type' | 'data'> & { messageId?: string }

/** Answers the conversation as it is now, after logging what happened to it; null where nothing did. */
export function changed(
  state: MemoryState,
  conversation: ConversationRow,
  happened: Happened | null,
  customerId: number | null = null,
): Change {
  const logged =
    happened &&
    logEvent(state, conversation.workspaceId, {
      messageId: null,
      ...happened,
      at: instantOf(state),
      conversationId: conversation.id,
    })
  return {
    workspaceId: conversation.workspaceId,
    conversation: toConversationState(conversation),
    event: logged && toLiveEvent(state, logged),
    customerId,
  }
}

/** Only the holder of the attempt that is still open may end it. */
export function endAttempt(state: MemoryState, draft: OutcomeDraft): Change {
  const conversation = requireOwned(state, [draft.workspaceId], draft.conversationId)
  const delivery = state.deliveries.find(({ id }) => String(id) === draft.deliveryId)
  const attempt = delivery?.attempts.find(({ number, endedAt }) => number === draft.attempt && !endedAt)
  if (!delivery || !attempt) return changed(state, conversation, null)
  Object.assign(attempt, { endedAt: instantOf(state), outcome: draft.outcome, error: draft.error })
  delivery.state = draft.outcome === 'retry' ? 'queued' : draft.outcome
  delivery.leaseTill = null
  delivery.error = draft.error
  delivery.result = draft.result
  delivery.nextAt = state.now() + draft.delayMs
  if (draft.providerId !== null) keepProviderId(state, delivery, draft.providerId)
  const { messageId } = delivery
  return changed(state, conversation, {
    type: 'delivery.attempted',
    messageId,
    data: { result: draft.result },
  })
}

function keepProviderId(state: MemoryState, { messageId, channelId }: DeliveryRow, providerId: string): void {
  const key = providerKey(channelId, providerId)
  if (state.messageKeys.has(key)) return
  const message = requireRow(state.messages, messageId, 'message')
  message.providerId = providerId
  state.messageKeys.set(key, message)
}

export function retryDelivery(state: MemoryState, draft: DraftOf<'retry'>): Change {
  const conversation = requireOwned(state, draft.workspaceIds, draft.conversationId)
  const message = conversation.thread.find(({ id }) => id === draft.messageId)
  const newest = message?.deliveries.at(-1)
  if (!message || !newest) throw notFound()
  if (newest.state !== 'failed' && newest.state !== 'unconfirmed') return changed(state, conversation, null)
  queueDelivery(state, message, instantOf(state))
  return changed(state, conversation, { type: 'delivery.attempted', messageId: message.id, data: {} })
}

export function markRead(state: MemoryState, draft: DraftOf<'read'>): Change {
  const conversation = requireOwned(state, draft.workspaceIds, draft.conversationId)
  requireRow(state.users, draft.userId, 'user')
  const target = lastShown(conversation, draft.upTo)
  const answered = Math.min(target, answerable(state, conversation))
  const isRaised = raiseMark(state, `${conversation.id} ${draft.userId}`, target)
  const isAnswered = answered > conversation.answeredSeq
  if (isAnswered) {
    conversation.answeredSeq = answered
    conversation.unreadCount = unreadIn(conversation)
  }
  const data = { user: draft.userId, upTo: answered }
  const isEvent = isRaised || isAnswered || draft.always
  return changed(state, conversation, isEvent ? { type: 'conversation.read', data } : null)
}

/** It only grows, and never beyond what is shown. */
export function markSeen(state: MemoryState, draft: DraftOf<'seen'>): Change {
  const conversation = requireOwned(state, draft.workspaceIds, draft.conversationId)
  const target = lastShown(conversation, draft.upTo)
  if (target <= conversation.seenSeq) return changed(state, conversation, null)
  conversation.seenSeq = target
  return changed(state, conversation, { type: 'conversation.seen', data: {} })
}

/** Nobody has read what is held: it stays unread when it is released later. */
const lastShown = ({ thread, lastSeq }: ConversationRow, upTo: number | null): number =>
  thread.slice(0, Math.min(upTo ?? lastSeq, lastSeq)).findLast(isShown)?.seq ?? 0

const unreadIn = ({ thread, answeredSeq }: ConversationRow): number =>
  thread.filter((row) => isShown(row) && row.type === 'customer' && row.seq > answeredSeq).length

/** A person's reading answers what the bot does not answer itself. */
function answerable(state: MemoryState, { status, workspaceId, thread }: ConversationRow): number {
  if (status !== 'active' || !botAnswers(state, workspaceId)) return Number.POSITIVE_INFINITY
  return thread.findLast(({ type }) => type === 'AI')?.seq ?? 0
}

function raiseMark(state: MemoryState, reader: string, seq: number): boolean {
  const mark = state.readMarks.get(reader)
  if (mark && mark.seq >= seq) return false
  state.readMarks.set(reader, { seq, at: instantOf(state) })
  return true
}

export function changeStatus(state: MemoryState, draft: DraftOf<'status'>): Change {
  const conversation = requireOwned(state, draft.workspaceIds, draft.conversationId)
  const from = conversation.status
  if (from === draft.status) return changed(state, conversation, null)
  if (isErased(state, conversation.id)) throw erased()
  conversation.status = draft.status
  const at = instantOf(state)
  if (at > conversation.updatedAt) conversation.updatedAt = at
  const data = { from, to: draft.status, user: draft.userId }
  return changed(state, conversation, { type: 'conversation.changed', data })
}

/** Shows a held message at its own place, or empties it for good. */
export function settleHeld(state: MemoryState, draft: DraftOf<'release' | 'discard'>): Change {
  const conversation = requireOwned(state, draft.workspaceIds, draft.conversationId)
  const message = conversation.thread.find(({ id }) => id === draft.messageId)
  if (!message?.hold) throw notFound()
  if (!message.isHeld || message.deletedAt !== null) return changed(state, conversation, null)
  if (draft.kind === 'release') release(state, conversation, message)
  else discard(state, message)
  const type = draft.kind === 'release' ? 'message.released' : 'message.discarded'
  return changed(state, conversation, { type, messageId: message.id, data: { user: draft.userId } })
}

function discard(state: MemoryState, message: MessageRow): void {
  Object.assign(message, { content: '', deletedAt: instantOf(state) })
  delete message.attachments
  delete message.extras
  dropAttachments(state, ({ messageId }) => messageId === message.id)
}

function release(state: MemoryState, conversation: ConversationRow, message: MessageRow): void {
  message.isHeld = false
  requireRow(state.customers, conversation.customerId, 'customer').isTrusted = true
  conversation.isHidden = false
  conversation.unreadCount = unreadIn(conversation)
  const at = instantOf(state)
  if (at > conversation.updatedAt) conversation.updatedAt = at
  reopen(state, conversation)
}
