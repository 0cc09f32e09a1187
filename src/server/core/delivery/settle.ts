import { ECHOING } from '../../contract/capabilities.ts'
import type { ClaimedDelivery } from '../ports/deliveries.ts'
import type { OutcomeDraft } from '../ports/journal.ts'
import type { SendOutcome } from '../ports/platform.ts'
import type { Ports } from '../ports.ts'
import { askedDelay, deadlineOf, MAX_ATTEMPTS, retryDelay } from './backoff.ts'

/** How long a platform has to tell us of a message whose answer was lost. */
export const ECHO_WAIT_MS = 45_000

/** As platforms answer, and what only we know: that there was nothing to say any more. */
export type Ended = (SendOutcome & { isHumanAgent?: boolean }) | { outcome: 'cancelled' }

/** Writes how an attempt ended, and tells everybody. */
export async function settle(
  ports: Ports,
  claimed: ClaimedDelivery,
  ended: Ended,
  random = Math.random(),
): Promise<void> {
  const draft = draftOf(claimed, ended, { now: ports.clock.now(), random })
  const appended = await ports.journal.append({
    kind: 'outcome',
    workspaceId: claimed.workspaceId,
    conversationId: claimed.conversationId,
    deliveryId: claimed.id,
    attempt: claimed.attempt,
    providerId: null,
    delayMs: 0,
    ...draft,
  })
  ports.metrics.count('peyk_deliveries_total', draft.outcome)
  ports.feed.publish(appended.workspaceId, appended.event)
}

type Draft = Pick<OutcomeDraft, 'outcome' | 'error' | 'result'> & Partial<OutcomeDraft>
type Chance = { now: number; random: number }

function draftOf(claimed: ClaimedDelivery, ended: Ended, chance: Chance): Draft {
  switch (ended.outcome) {
    case 'sent':
      return {
        ...{ outcome: 'sent', error: null, result: ended.result },
        ...{ providerId: ended.providerId, isHumanAgent: ended.isHumanAgent },
      }
    case 'cancelled':
      return { outcome: 'cancelled', error: null, result: {} }
    case 'retry':
      return toRetry(claimed, ended, chance)
    case 'ambiguous':
    case 'unconfirmed':
      return toUnsure(claimed, ended, chance)
    case 'failed':
      return { ...refused(ended), unreachable: ended.unreachable }
    case 'stopped':
      return refused(ended, { pending: true })
  }
}

type Refused = Exclude<Ended, { outcome: 'sent' | 'cancelled' }>

const refused = <R extends Refused>({ outcome, error, code }: R, more: object = {}) => ({
  outcome: outcome as R['outcome'],
  error,
  code,
  result: { success: false, error, ...more },
})

function toRetry(
  claimed: ClaimedDelivery,
  ended: Refused & { outcome: 'retry' },
  { now, random }: Chance,
): Draft {
  const asked = ended.retryAfterMs
  const delayMs = asked === null ? retryDelay(claimed.tried, random) : askedDelay(asked, random)
  const isOver = claimed.tried >= MAX_ATTEMPTS || now + delayMs > deadlineOf(claimed)
  if (isOver)
    return { ...refused({ ...ended, outcome: 'failed' as const }), retryAfterMs: asked ?? undefined }
  const next = asked === null ? 'retry' : 'asked'
  return { ...refused(ended, { pending: true }), delayMs, next, retryAfterMs: asked ?? undefined }
}

/** Nobody knows whether the platform has it. Only a message would be doubled by a repetition: its changes say the same twice. */
function toUnsure(
  claimed: ClaimedDelivery,
  ended: Refused & { outcome: 'ambiguous' | 'unconfirmed' },
  chance: Chance,
): Draft {
  if (claimed.op !== 'send')
    return toRetry(claimed, { ...ended, outcome: 'retry', retryAfterMs: null }, chance)
  const mayEcho = ended.outcome === 'ambiguous' && ECHOING.has(claimed.source) && !claimed.isAwaitingEcho
  return mayEcho
    ? { ...refused(ended), result: {}, delayMs: ECHO_WAIT_MS }
    : refused({ ...ended, outcome: 'unconfirmed' as const })
}

/** Settles what a node had in its hands when it died, and what no echo told of: neither is repeated blindly. */
export async function settleLost(ports: Ports, limit: number): Promise<void> {
  for (const claimed of await ports.deliveries.lost(limit)) {
    const error = claimed.isAwaitingEcho
      ? 'The answer was lost, and the platform told of no such message'
      : 'The server stopped while this was being sent'
    await settle(ports, claimed, { outcome: 'ambiguous', error })
  }
}
