import { serviceUnavailable } from '../../contract/service-unavailable.ts'
import type { Appended, ChangeDraft, OutcomeDraft } from '../../core/ports/journal.ts'
import { amended } from './amend.ts'
import { providerKey, reopen } from './append-message.ts'
import { dropAttachments } from './drop-attachments.ts'
import { botAnswers } from './keys.ts'
import { markHumanAgent } from './mark-human-agent.ts'
import { markUnreached, queueDelivery } from './outbox.ts'
import { erased, isErased, notFound, requireOwned } from './owned.ts'
import type { ConversationRow, DeliveryRow, LoggedEvent, MessageRow } from './rows.ts'
import { instantOf, logEvent, type MemoryState, requireRow } from './state.ts'
import { isShown, toConversationState, toLiveEvent } from './views.ts'

type Change = Appended & { customerId: number | null }
type DraftOf<Kind extends ChangeDraft['kind']> = Extract<ChangeDraft, { kind: Kind }>
type Happened = Pick<LoggedEvent, 'type' | 'data'> & { messageId?: string; at?: string }

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
      at: instantOf(state),
      ...happened,
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
  const now = state.now()
  const at = new Date(now).toISOString()
  const due = now + draft.delayMs
  const { outcome, error, code = null, retryAfterMs = null } = draft
  const isOpen = outcome === 'ambiguous'
  const rung = rungAfter(state, delivery, draft)
  const nextAt = rung.next === null || rung.next === 'reconnection' ? null : new Date(due).toISOString()
  Object.assign(attempt, { error, code, retryAfterMs, next: rung.next, nextAt })
  if (!isOpen) Object.assign(attempt, { endedAt: at, outcome })
  Object.assign(delivery, rung, { leaseTill: isOpen ? due : null, nextAt: due })
  if (rung.next === 'reconnection') Object.assign(delivery, { tried: 0, triedSince: null })
  if (draft.providerId !== null && delivery.op === 'send') keepProviderId(state, delivery, draft.providerId)
  const message = requireRow(state.messages, delivery.messageId, 'message')
  markUnreached(message, delivery)
  if (draft.isHumanAgent !== undefined) markHumanAgent(state, message, draft.isHumanAgent)
  const unreachable = delivery.state === 'failed' ? (draft.unreachable ?? null) : null
  if (unreachable !== null || delivery.state === 'sent') markReach(state, delivery, unreachable)
  return changed(state, conversation, { ...toldOf(delivery), at })
}

type Rung = Pick<DeliveryRow, 'state' | 'next' | 'error'> & { result: Record<string, unknown> }

/** What goes back into the queue of a channel that was stopped meanwhile waits for it; of one that was deleted it fails. */
function rungAfter(state: MemoryState, { channelId }: DeliveryRow, draft: OutcomeDraft): Rung {
  const { outcome, error, result, next = 'retry' } = draft
  if (outcome === 'ambiguous') return { state: 'sending', next: 'echo', error, result }
  if (outcome !== 'retry' && outcome !== 'stopped') return { state: outcome, next: null, error, result }
  const channel = state.channels.get(channelId ?? 0)
  const why = serviceUnavailable(channel?.source ?? '')
  const refused = { success: false, error: why }
  if (!channel || channel.isDeleted) return { state: 'failed', next: null, error: why, result: refused }
  return channel.isConnect
    ? { state: 'queued', next, error, result }
    : { state: 'queued', next: 'reconnection', error: why, result: { ...refused, pending: true } }
}

/** Who cannot be reached is known as that until something reaches them. */
function markReach(state: MemoryState, { customerId, workspaceId }: DeliveryRow, why: string | null): void {
  const customer = state.customers.get(customerId)
  if (!customer || customer.erasedAt || (customer.unreachable ?? null) === why) return
  if (why === null) delete customer.unreachable
  else customer.unreachable = why
  customer.updatedAt = instantOf(state)
  amended(state, workspaceId, { type: 'customer.changed', data: { customer: customerId } })
}

/** The event that tells where a delivery stands. */
export function toldOf({ op, messageId, result = {}, state }: DeliveryRow) {
  const change = op === 'send' ? {} : { op, state }
  return { type: 'delivery.attempted' as const, messageId, data: { result, ...change } }
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
  const sent = message?.deliveries.findLast(({ op }) => op === 'send')
  const again = sent && isFinal(sent) ? sent : message?.deliveries.at(-1)
  if (!message || !again) throw notFound()
  const isGone = message.deletedAt !== null && again.op !== 'delete'
  if (!isFinal(again) || isGone) return changed(state, conversation, null)
  const row = queueDelivery(state, message, instantOf(state), again)
  markUnreached(message, row)
  return changed(state, conversation, toldOf(row))
}

const isFinal = ({ state }: DeliveryRow): boolean => state === 'failed' || state === 'unconfirmed'

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
