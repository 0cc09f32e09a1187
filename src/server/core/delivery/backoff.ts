/** Attempts before a delivery is failed for good. */
export const MAX_ATTEMPTS = 8
const FIRST_MS = 1_000
const CAP_MS = 30 * 60_000

/** How long to wait before attempt `attempt + 1`: doubling, capped, with up to a quarter of jitter. `random` is 0 to 1. */
export const retryDelay = (attempt: number, random: number): number => {
  const base = Math.min(CAP_MS, FIRST_MS * 4 ** (attempt - 1))
  return Math.round(base * (1 + random / 4))
}
