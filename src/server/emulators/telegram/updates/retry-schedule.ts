/** `baseMs` is what a second lasts in this schedule, also in a `Retry-After`; smaller makes it all faster. */
export type RetryTiming = { baseMs: number; capMs: number; timeoutMs: number }

export const TELEGRAM_RETRY: RetryTiming = { baseMs: 1_000, capMs: 60_000, timeoutMs: 55_000 }

export type RetryState = { failures: number; delayMs: number }

const MAX_RETRY_AFTER_SECONDS = 3_600

export function firstTry(timing: RetryTiming): RetryState {
  return { failures: 0, delayMs: timing.baseMs }
}

/** At once, then 2, 4, 8… seconds up to a random 60 to 120, unless the receiver named a time itself. */
export function nextTry(
  state: RetryState,
  timing: RetryTiming,
  { retryAfter, random }: { retryAfter: number; random: () => number },
): { waitMs: number; state: RetryState } {
  const failures = state.failures + 1
  if (retryAfter > 0) {
    const waitMs = Math.min(retryAfter, MAX_RETRY_AFTER_SECONDS) * timing.baseMs
    return { waitMs, state: { ...state, failures } }
  }
  if (state.failures === 0) return { waitMs: 0, state: { ...state, failures } }
  const cap = timing.capMs * (1 + random())
  const delayMs = Math.min(cap, state.delayMs * 2)
  return { waitMs: delayMs, state: { failures, delayMs } }
}
