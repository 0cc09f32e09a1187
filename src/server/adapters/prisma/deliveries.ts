import type pg from 'pg'
import type { DeliveryAttempt, DeliveryOp, DeliveryState, NextStep } from '../../contract/message.ts'
import {
  type ClaimedDelivery,
  type Deliveries,
  type DeliveryRecord,
  MOST_COUNTED,
} from '../../core/ports/deliveries.ts'
import { isUnfinished, toInstant } from './rows.ts'

interface HistoryRow {
  op: DeliveryOp
  state: DeliveryState
  created_at: string
  error: string | null
  behind: boolean
  next: NextStep | null
  attempts: {
    number: number
    started_at: string
    ended_at: string | null
    outcome: DeliveryAttempt['outcome']
    error: string | null
    code: string | null
    retry_after_ms: number | null
    next: NextStep | null
    next_at: string | null
  }[]
}

const HISTORY = `SELECT to_jsonb(d) || jsonb_build_object('attempts',
    (SELECT COALESCE(jsonb_agg(to_jsonb(a) ORDER BY a.number), '[]') FROM delivery_attempt a WHERE a.delivery_id = d.id)) AS row
  FROM delivery d WHERE d.message_id = $1 ORDER BY d.id`

interface QueueRow {
  waiting: number
  waiting_since: Date | null
  failed: number
  failed_customers: number
  last_failed_at: Date | null
}

// Both sides walk an index that holds what waits, or what failed, and nothing else.
const QUEUE = `SELECT w.*, f.* FROM
  (SELECT count(*)::int AS waiting, min(created_at) AS waiting_since FROM
    (SELECT created_at FROM delivery WHERE channel_id = $1 AND state IN ('queued', 'sending') LIMIT $3) q) w,
  (SELECT count(*)::int AS failed, max(q.created_at) AS last_failed_at, count(DISTINCT c.id)::int AS failed_customers FROM
    (SELECT created_at, customer_id FROM delivery
      WHERE channel_id = $1 AND state = 'failed' AND created_at >= $2 ORDER BY created_at DESC LIMIT $3) q
    LEFT JOIN customer c ON c.id = q.customer_id AND c.unreachable IS NULL) f`

const HASTEN = `UPDATE delivery SET next_at = now()
  WHERE channel_id = $1 AND state = 'queued' AND NOT behind AND next = 'retry' AND next_at > now()`

/** The outbox in PostgreSQL; what claims and settles stands in the migrations. */
export function createDeliveries(pool: pg.Pool): Deliveries {
  const details = async (name: string, call: string, values: unknown[]) => {
    const text = `SELECT d AS claimed FROM ${call} d`
    const { rows } = await pool.query<{ claimed: ClaimedDelivery }>({ name, text, values })
    return rows.map(({ claimed }) => toClaimed(claimed))
  }
  return {
    claim: (limit, leaseMs, { each, skipped } = { each: limit, skipped: [] }) =>
      details('delivery_claim', 'claim_deliveries($1, $2, $3, $4)', [limit, each, leaseMs, skipped]),
    lost: (limit) => details('delivery_lost', 'lost_deliveries($1)', [limit]),
    async putBack({ id, attempt }, delayMs) {
      const text = 'SELECT put_back_delivery($1, $2, $3)'
      await pool.query({ name: 'delivery_put_back', text, values: [id, attempt, delayMs] })
    },
    async history(messageId) {
      const { rows } = await pool.query<{ row: HistoryRow }>(HISTORY, [messageId])
      return rows.map(({ row }) => toRecord(row))
    },
    async ofChannel(channelId, failedSince) {
      const values = [channelId, new Date(failedSince), MOST_COUNTED]
      const [row] = (await pool.query<QueueRow>(QUEUE, values)).rows
      return {
        waiting: row?.waiting ?? 0,
        waitingSince: row?.waiting_since?.toISOString() ?? null,
        failed: row?.failed ?? 0,
        failedCustomers: row?.failed_customers ?? 0,
        lastFailedAt: row?.last_failed_at?.toISOString() ?? null,
      }
    },
    hasten: async (channelId) => (await pool.query(HASTEN, [channelId])).rowCount ?? 0,
  }
}

const toInstantOrNull = (value: string | null) => (value === null ? null : toInstant(value))

const toClaimed = (row: ClaimedDelivery): ClaimedDelivery => ({
  ...row,
  triedSince: toInstantOrNull(row.triedSince),
  lastCustomerAt: toInstantOrNull(row.lastCustomerAt),
})

const toRecord = (row: HistoryRow): DeliveryRecord => ({
  op: row.op,
  state: row.state,
  createdAt: toInstant(row.created_at),
  error: row.error,
  next: isUnfinished(row.state) ? (row.next ?? (row.behind ? 'earlier' : null)) : null,
  attempts: row.attempts.map((attempt) => ({
    number: attempt.number,
    startedAt: toInstant(attempt.started_at),
    endedAt: toInstantOrNull(attempt.ended_at),
    outcome: attempt.outcome,
    error: attempt.error,
    code: attempt.code,
    retryAfterMs: attempt.retry_after_ms,
    next: attempt.next,
    nextAt: toInstantOrNull(attempt.next_at),
  })),
})
