/** The first retry comes at once, the second after `baseMs`; what is `lifeMs` old is given up. */
export type RetryTiming = { baseMs: number; capMs: number; lifeMs: number; timeoutMs: number }

const HOUR_MS = 3_600_000

/** Meta promises only "immediately, then with decreasing frequency over 36 hours". */
export const META_RETRY: RetryTiming = {
  baseMs: 15_000,
  capMs: HOUR_MS,
  lifeMs: 36 * HOUR_MS,
  timeoutMs: 20_000,
}

export function waitBefore(failures: number, { baseMs, capMs }: RetryTiming): number {
  return failures <= 1 ? 0 : Math.min(capMs, baseMs * 2 ** (failures - 2))
}
