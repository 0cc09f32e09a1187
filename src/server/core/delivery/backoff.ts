import { CAPABILITIES } from '../../contract/capabilities.ts'
import type { ClaimedDelivery } from '../ports/deliveries.ts'

/** Attempts before a delivery is failed for good, and how long they may go on. */
export const MAX_ATTEMPTS = 8
const MAX_AGE_MS = 6 * 60 * 60_000
const FIRST_MS = 2_000
const CAP_MS = 30 * 60_000
/** Nothing is repeated sooner. */
const MIN_MS = 250
/** What is added at most to a time that a platform asked for, so that not everything comes back at once. */
const ASKED_JITTER_MS = 1_000

/** How long to wait before another attempt: full jitter below a cap that quadruples. `random` is 0 to 1. */
export const retryDelay = (tried: number, random: number): number =>
  MIN_MS + Math.round(random * Math.min(CAP_MS, FIRST_MS * 4 ** (tried - 1)))

/** The same where the platform said how long. */
export const askedDelay = (ms: number, random: number): number =>
  ms + Math.round(random * Math.min(ASKED_JITTER_MS, ms / 10))

/** When trying ends: after some hours, or when the platform takes nothing any more, whichever comes first. */
export function deadlineOf({ triedSince, source, lastCustomerAt, isHumanAgent }: ClaimedDelivery): number {
  const began = triedSince === null ? Number.POSITIVE_INFINITY : Date.parse(triedSince) + MAX_AGE_MS
  const { window } = CAPABILITIES[source]
  if (!window || lastCustomerAt === null) return began
  return Math.min(began, Date.parse(lastCustomerAt) + (isHumanAgent ? window.humanMs : window.ms))
}
