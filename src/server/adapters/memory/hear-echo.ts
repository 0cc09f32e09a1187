import { strip } from '../../contract/characters.ts'
import type { EchoDraft } from '../../core/ports/journal.ts'
import { changed } from './append-change.ts'
import { providerKey } from './append-message.ts'
import { requireChangeable } from './change-message.ts'
import type { DeliveryRow, MessageRow } from './rows.ts'
import { instantOf, type MemoryState } from './state.ts'

/** Hand-overs that began longer ago are not what an echo tells of. */
const LATELY_MS = 10 * 60_000

/** Ends the delivery that the platform tells of, where one waits for its answer. */
export function hearEcho(state: MemoryState, draft: EchoDraft) {
  const conversation = requireChangeable(state, draft)
  const key = providerKey(conversation.channelId, draft.providerId)
  if (state.messageKeys.has(key)) return changed(state, conversation, null)
  const isIt = (row: DeliveryRow) =>
    row.conversationId === conversation.id && isWaiting(state, row) && says(state, row, draft)
  const delivery = state.deliveries.find(isIt)
  const message = delivery && state.messages.get(delivery.messageId)
  if (!delivery || !message) return changed(state, conversation, null)
  settle(state, delivery, draft.providerId)
  message.providerId = draft.providerId
  state.messageKeys.set(key, message)
  const { messageId, result } = delivery
  return changed(state, conversation, { type: 'delivery.attempted', messageId, data: { result } })
}

function isWaiting(state: MemoryState, { op, state: rung, attempts }: DeliveryRow): boolean {
  const began = Date.parse(attempts.at(-1)?.startedAt ?? '')
  const isOpen = rung === 'sending' || rung === 'unconfirmed' || rung === 'queued'
  return op === 'send' && isOpen && began > state.now() - LATELY_MS
}

function says(state: MemoryState, row: DeliveryRow, { content, hasFile }: EchoDraft): boolean {
  const message = state.messages.get(row.messageId)
  if (!message || message.providerId !== null) return false
  return message.deletedAt !== null || (hasFiles(message) === hasFile && isText(message, content))
}

const hasFiles = ({ attachments }: MessageRow) => attachments !== undefined

/** It may have been edited on its way. */
const isText = ({ content, edits }: MessageRow, said: string) =>
  [content, ...edits.map((edit) => edit.content)].some((text) => strip(text) === strip(said))

function settle(state: MemoryState, delivery: DeliveryRow, providerId: string): void {
  for (const attempt of delivery.attempts)
    if (attempt.endedAt === null)
      Object.assign(attempt, {
        endedAt: instantOf(state),
        outcome: 'sent',
        error: null,
        next: null,
        nextAt: null,
      })
  const result = { success: true, message_id: providerId }
  Object.assign(delivery, { state: 'sent', leaseTill: null, next: null, error: null, result })
}
