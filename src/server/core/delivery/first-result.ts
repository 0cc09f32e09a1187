import type { LiveEvent } from '../../contract/event.ts'
import type { Message } from '../../contract/message.ts'

export type ExternalSendResult = Record<string, unknown>

export const PENDING: ExternalSendResult = { success: false, pending: true, error: 'Delivery pending' }

/** What is known of a message's delivery at the moment it is stored; null where the first attempt is still to come. */
export function immediateResult(message: Message, waitMs: number): ExternalSendResult | null {
  if (message.type === 'customer') return {}
  if (!message.delivery) return { success: true, message_id: message.id }
  if (message.delivery.state === 'failed')
    return { success: false, error: message.delivery.error ?? 'Unknown error' }
  return waitMs === 0 ? PENDING : null
}

/** The result that an event brings for a message that waits, or null where it brings none. */
export const resultOf = (event: LiveEvent): ExternalSendResult | null =>
  event.type === 'delivery.attempted' && Object.keys(event.result).length > 0 ? event.result : null
