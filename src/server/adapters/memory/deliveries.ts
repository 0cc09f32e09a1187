import type { ClaimedDelivery, Deliveries } from '../../core/ports/deliveries.ts'
import { type DeliveryRow, instantOf, type MemoryState, requireRow } from './state.ts'

const LOST_LEASE_MS = 60_000

/** The outbox of one process. */
export function createMemoryDeliveries(state: MemoryState): Deliveries {
  return {
    claim: async (limit, leaseMs) => {
      const isDue = ({ state: rung, nextAt }: DeliveryRow) => rung === 'queued' && nextAt <= state.now()
      const due = headsOf(state.deliveries)
        .filter(isDue)
        .toSorted((a, b) => a.nextAt - b.nextAt)
      return due.slice(0, limit).map((row) => begin(state, row, leaseMs))
    },
    lost: async (limit) => {
      const isLost = ({ state: rung, leaseTill }: DeliveryRow) =>
        rung === 'sending' && leaseTill !== null && leaseTill < state.now()
      const lost = state.deliveries.filter(isLost).slice(0, limit)
      for (const row of lost) row.leaseTill = state.now() + LOST_LEASE_MS
      return lost.map((row) => toClaimed(state, row))
    },
    history: async (messageId) =>
      (state.messages.get(messageId)?.deliveries ?? []).map((row) => ({
        op: row.op,
        state: row.state,
        createdAt: row.createdAt,
        error: row.error,
        attempts: row.attempts.map((attempt) => ({ ...attempt })),
      })),
  }
}

/** The first unfinished delivery of every channel and customer: it holds back those behind it. */
function headsOf(deliveries: DeliveryRow[]): DeliveryRow[] {
  const heads = new Map<string, DeliveryRow>()
  for (const row of deliveries) {
    if (row.channelId === null || (row.state !== 'queued' && row.state !== 'sending')) continue
    const lane = `${row.channelId} ${row.customerId}`
    if (!heads.has(lane)) heads.set(lane, row)
  }
  return [...heads.values()]
}

function begin(state: MemoryState, row: DeliveryRow, leaseMs: number): ClaimedDelivery {
  const open = { endedAt: null, outcome: null, error: null }
  row.state = 'sending'
  row.leaseTill = state.now() + leaseMs
  row.attempts.push({ number: row.attempts.length + 1, startedAt: instantOf(state), ...open })
  return toClaimed(state, row)
}

const toClaimed = (state: MemoryState, row: DeliveryRow): ClaimedDelivery => ({
  id: String(row.id),
  attempt: row.attempts.length,
  workspaceId: row.workspaceId,
  conversationId: row.conversationId,
  messageId: row.messageId,
  channelId: row.channelId ?? 0,
  customerId: row.customerId,
  recipient: requireRow(state.customers, row.customerId, 'customer').sourceId ?? '',
  content: requireRow(state.messages, row.messageId, 'message').content,
})
