import {
  type ClaimedDelivery,
  type Deliveries,
  type DeliveryRecord,
  MOST_COUNTED,
} from '../../core/ports/deliveries.ts'
import { lastCustomerAt } from './last-customer-at.ts'
import { isBehind, isUnfinished } from './outbox.ts'
import type { DeliveryRow } from './rows.ts'
import { instantOf, type MemoryState, requireRow } from './state.ts'

const LOST_LEASE_MS = 60_000

/** The outbox of one process. */
export function createMemoryDeliveries(state: MemoryState): Deliveries {
  return {
    claim: async (limit, leaseMs, { each, skipped } = { each: limit, skipped: [] }) => {
      const left = new Map<number, number>()
      const isWanted = ({ channelId }: DeliveryRow) => {
        const count = left.get(channelId ?? 0) ?? each
        left.set(channelId ?? 0, count - 1)
        return channelId !== null && !skipped.includes(channelId) && count > 0
      }
      const due = state.deliveries.filter((row) => isDue(state, row)).toSorted((a, b) => a.nextAt - b.nextAt)
      return due
        .filter(isWanted)
        .slice(0, limit)
        .map((row) => begin(state, row, leaseMs))
    },
    lost: async (limit) => {
      const isLost = ({ state: rung, leaseTill }: DeliveryRow) =>
        rung === 'sending' && leaseTill !== null && leaseTill < state.now()
      const lost = state.deliveries.filter(isLost).slice(0, limit)
      for (const row of lost) row.leaseTill = state.now() + LOST_LEASE_MS
      return lost.map((row) => toClaimed(state, row))
    },
    putBack: async ({ id, attempt }, delayMs) => {
      const row = state.deliveries.find((delivery) => String(delivery.id) === id)
      const last = row?.attempts.at(-1)
      if (row?.state !== 'sending' || last?.number !== attempt || last.endedAt) return
      row.attempts.pop()
      row.tried = Math.max(0, row.tried - 1)
      if (row.tried === 0) row.triedSince = null
      Object.assign(row, { state: 'queued', leaseTill: null, nextAt: state.now() + delayMs })
    },
    history: async (messageId) =>
      (state.messages.get(messageId)?.deliveries ?? []).map((row) => toRecord(state, row)),
    ofChannel: async (channelId, failedSince) => {
      const own = state.deliveries.filter((row) => row.channelId === channelId).slice(0, MOST_COUNTED)
      const waiting = own.filter(isUnfinished)
      const failed = own.filter((row) => row.state === 'failed' && Date.parse(row.createdAt) >= failedSince)
      const reachable = failed.filter(({ customerId }) => !state.customers.get(customerId)?.unreachable)
      return {
        waiting: waiting.length,
        waitingSince: waiting[0]?.createdAt ?? null,
        failed: failed.length,
        failedCustomers: new Set(reachable.map(({ customerId }) => customerId)).size,
        lastFailedAt: failed.at(-1)?.createdAt ?? null,
      }
    },
    hasten: async (channelId) => {
      const late = state.deliveries.filter(
        (row) =>
          row.channelId === channelId &&
          row.state === 'queued' &&
          row.next === 'retry' &&
          row.nextAt > state.now(),
      )
      for (const row of late) row.nextAt = state.now()
      return late.length
    },
  }
}

const isDue = (state: MemoryState, row: DeliveryRow) =>
  row.state === 'queued' &&
  row.nextAt <= state.now() &&
  row.next !== 'reconnection' &&
  !isBehind(state, row, row.id)

function begin(state: MemoryState, row: DeliveryRow, leaseMs: number): ClaimedDelivery {
  const unknown = { code: null, retryAfterMs: null, next: null, nextAt: null }
  const open = { endedAt: null, outcome: null, error: null, ...unknown }
  Object.assign(row, { state: 'sending', leaseTill: state.now() + leaseMs, next: null })
  row.tried += 1
  row.triedSince ??= instantOf(state)
  row.attempts.push({ number: row.attempts.length + 1, startedAt: instantOf(state), ...open })
  return toClaimed(state, row)
}

function toClaimed(state: MemoryState, row: DeliveryRow): ClaimedDelivery {
  const message = requireRow(state.messages, row.messageId, 'message')
  const customer = requireRow(state.customers, row.customerId, 'customer')
  const thread = state.conversations.get(row.conversationId)?.thread ?? []
  const answered = message.replyToId === null ? undefined : state.messages.get(message.replyToId)
  const send = message.deliveries.findLast(({ op }) => op === 'send')
  const emoji = row.body?.emoji
  return {
    id: String(row.id),
    attempt: row.attempts.length,
    tried: row.tried,
    triedSince: row.triedSince,
    isAwaitingEcho: row.next === 'echo',
    workspaceId: row.workspaceId,
    conversationId: row.conversationId,
    messageId: row.messageId,
    channelId: row.channelId ?? 0,
    customerId: row.customerId,
    recipient: customer.sourceId ?? '',
    source: customer.source,
    op: row.op,
    content: message.content,
    isDeleted: message.deletedAt !== null,
    providerId: message.providerId,
    attachment: message.attachments?.[0] ?? null,
    replyTo: answered?.providerId ?? null,
    isHumanAgent:
      customer.source === 'instagram' && message.type === 'support' && message.sender.startsWith('user:'),
    emoji: typeof emoji === 'string' ? emoji : null,
    sendState: row.op === 'send' ? null : (send?.state ?? null),
    lastCustomerAt: customer.source === 'instagram' ? lastCustomerAt(thread) : null,
  }
}

const toRecord = (state: MemoryState, row: DeliveryRow): DeliveryRecord => ({
  op: row.op,
  state: row.state,
  createdAt: row.createdAt,
  error: row.error,
  next: isUnfinished(row) ? (row.next ?? (isBehind(state, row, row.id) ? 'earlier' : null)) : null,
  attempts: row.attempts.map((attempt) => ({ ...attempt })),
})
