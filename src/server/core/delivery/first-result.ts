import type { LiveEvent } from '../../contract/event.ts'
import type { Message } from '../../contract/message.ts'

export type ExternalSendResult = Record<string, unknown>

export const PENDING: ExternalSendResult = { success: false, pending: true, error: 'Delivery pending' }

/** What is known of a message's delivery as it stands; null where the first attempt is still to come. */
export function immediateResult(message: Message, waitMs: number): ExternalSendResult | null {
  if (message.type === 'customer' || message.type === 'AI') return {}
  if (message.extras?.via === 'instagram_app') return { success: true, source: 'instagram_direct' }
  if (!message.delivery) return { success: true, message_id: message.id }
  const { state, error, attempts, messageId, next } = message.delivery
  if (state === 'sent' || state === 'delivered' || state === 'read')
    return { success: true, ...(messageId != null && { message_id: messageId }) }
  if (state === 'failed' || state === 'unconfirmed')
    return { success: false, error: error ?? 'Unknown error' }
  if (state === 'cancelled') return { success: false, error: 'The message was taken back' }
  if ((attempts > 0 || next === 'reconnection') && error) return { success: false, error, pending: true }
  return waitMs === 0 ? PENDING : null
}

/** The result that an event brings for a message that waits, or null where it brings none. */
export const resultOf = (event: LiveEvent): ExternalSendResult | null =>
  event.type === 'delivery.attempted' && event.op === undefined && Object.keys(event.result).length > 0
    ? event.result
    : null
