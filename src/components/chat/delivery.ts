import type { ErrorCode } from '../../server/contract/error.ts'
import type { Delivery } from '../../server/contract/message.ts'

/** Where a message of ours stands, from this browser to the customer's platform. */
export type Standing =
  | {
      step:
        | 'queued'
        | 'stored'
        | 'accepted'
        | 'delivered'
        | 'read'
        | 'unconfirmed'
        | 'unsent'
        | 'cancelled'
        | 'waiting'
    }
  /** Its answer was lost, and the platform may tell of it until then. */
  | { step: 'checking'; at: string }
  | { step: 'retrying'; at: string; error: string | null }
  | { step: 'failed'; error: string | null }
  | { step: 'refused'; error: ErrorCode | null }

const STEPS = {
  queued: 'stored',
  sending: 'stored',
  sent: 'accepted',
  delivered: 'delivered',
  read: 'read',
  unconfirmed: 'unconfirmed',
  cancelled: 'cancelled',
} as const

/**
 * The standing of a stored message; null delivery means that being stored is all there is. `isSeen` is what the platform tells
 * of those it has: a message that nothing proves to have arrived is not called read.
 */
export const standingOf = (delivery: Delivery | null, isSeen = false): Standing => {
  if (!delivery) return { step: isSeen ? 'read' : 'stored' }
  const { state, next, nextAt, error } = delivery
  if (state === 'failed') return { step: 'failed', error }
  if (state === 'queued' && next === 'reconnection') return { step: 'waiting' }
  if (state === 'sending' && next === 'echo' && nextAt) return { step: 'checking', at: nextAt }
  if (state === 'queued' && delivery.attempts > 0 && nextAt) return { step: 'retrying', at: nextAt, error }
  return { step: isSeen && state === 'sent' ? 'read' : STEPS[state] }
}

/** The standing of a message that the server has not confirmed. */
export const standingOfPending = (pending: { state: string; error: ErrorCode | null }): Standing => {
  if (pending.state === 'refused') return { step: 'refused', error: pending.error }
  return { step: pending.state === 'unsent' ? 'unsent' : 'queued' }
}

export const isTrouble = ({ step }: Standing): boolean => step === 'failed' || step === 'refused'

/** Why a platform did not take a message, as far as its words tell. */
type FailureReason =
  | 'blocked'
  | 'unreachable'
  | 'deactivated'
  | 'revoked'
  | 'busy'
  | 'too_long'
  | 'forbidden'
  | 'disconnected'
  | 'network'
  | 'unknown'

const REASONS: readonly (readonly [FailureReason, RegExp])[] = [
  ['blocked', /blocked by the user|user blocked|blocked the bot/i],
  ['deactivated', /deactivated|deleted account/i],
  [
    'disconnected',
    /service not available|channel (was |is )?(removed|deleted|disconnected|not connected)|no channel/i,
  ],
  ['revoked', /unauthorized|invalid token|token (was )?revoked|\b401\b/i],
  ['unreachable', /chat not found|user not found|can't initiate|kicked|not a member|peer_id_invalid/i],
  ['busy', /too many requests|retry after|flood|\b429\b/i],
  ['too_long', /too long|message_too_long|entity too large/i],
  ['forbidden', /forbidden|not enough rights|\b403\b/i],
  [
    'network',
    /timed? ?out|timeout|econn|enotfound|socket|network|fetch failed|unreachable|bad gateway|\b50[0-4]\b/i,
  ],
]

export const failureReason = (words: string | null): FailureReason =>
  REASONS.find(([, pattern]) => pattern.test(words ?? ''))?.[0] ?? 'unknown'
