import { serviceUnavailable } from '../../contract/service-unavailable.ts'
import type { ConversationRow, DeliveryRow, MessageRow } from './rows.ts'
import { type MemoryState, requireRow } from './state.ts'

export const isUnfinished = ({ state }: DeliveryRow): boolean => state === 'queued' || state === 'sending'

/** True while another unfinished delivery of the same lane comes before the one with that id. */
export const isBehind = (
  state: MemoryState,
  lane: Pick<DeliveryRow, 'channelId' | 'customerId'>,
  id: number,
): boolean =>
  state.deliveries.some(
    (row) =>
      row.channelId === lane.channelId &&
      row.customerId === lane.customerId &&
      row.id < id &&
      isUnfinished(row),
  )

type HandOver = Pick<DeliveryRow, 'op' | 'body'>

/** Queues a hand-over of the message: waiting where its channel is stopped, failed where nobody could take it. */
export function queueDelivery(
  state: MemoryState,
  message: MessageRow,
  at: string,
  { op, body }: HandOver = { op: 'send', body: null },
): DeliveryRow {
  const conversation = requireRow(state.conversations, message.conversationId, 'conversation')
  const row: DeliveryRow = {
    id: state.nextId(),
    workspaceId: conversation.workspaceId,
    channelId: conversation.channelId,
    customerId: conversation.customerId,
    conversationId: conversation.id,
    messageId: message.id,
    op,
    body,
    ...standingFor(state, conversation),
    nextAt: Date.parse(at),
    leaseTill: null,
    tried: 0,
    triedSince: null,
    createdAt: at,
    attempts: [],
  }
  state.deliveries.push(row)
  message.deliveries.push(row)
  return row
}

/** How a delivery of the conversation begins. */
function standingFor(
  state: MemoryState,
  { source, channelId }: ConversationRow,
): Pick<DeliveryRow, 'state' | 'error' | 'next'> {
  const channel = channelId === null ? undefined : state.channels.get(channelId)
  const error = serviceUnavailable(source)
  if (source === 'unknown') return { state: 'failed', error: 'Unknown conversation source', next: null }
  if (!channel || channel.isDeleted) return { state: 'failed', error, next: null }
  return channel.isConnect
    ? { state: 'queued', error: null, next: null }
    : { state: 'queued', error, next: 'reconnection' }
}

/**
 * Queues a later change of a message, unless what is still to be handed over of it will bring the change, or nothing of it
 * ever arrived.
 */
export function queueChange(state: MemoryState, message: MessageRow, change: HandOver, at: string): void {
  const { source, channelId } = requireRow(state.conversations, message.conversationId, 'conversation')
  if (source === 'website' || source === 'unknown' || channelId === null) return
  const sent = message.deliveries.findLast(({ op }) => op === 'send')
  const rung = sent?.state ?? 'failed'
  for (const row of message.deliveries)
    if (row.state === 'queued' && (change.op === 'delete' || row.op === change.op))
      Object.assign(row, { state: 'cancelled', body: null, next: null, error: null })
  if (message.providerId === null && ['queued', 'failed', 'cancelled'].includes(rung)) return
  markUnreached(message, queueDelivery(state, message, at, change))
}

/** An edit, a deletion or a reaction that did not arrive is shown where the message stands. */
export function markUnreached(message: MessageRow, { op, state }: DeliveryRow): void {
  if (op === 'send') return
  const { unreached: _, ...extras } = message.extras ?? {}
  const isUnreached = state === 'failed' || state === 'unconfirmed'
  const marked = isUnreached ? { ...extras, unreached: op } : extras
  if (Object.keys(marked).length > 0) message.extras = marked
  else delete message.extras
}
