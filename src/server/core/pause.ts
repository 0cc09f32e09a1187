import { setTimeout as timeout } from 'node:timers/promises'

/** Waits so long, or until it is told to go on. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  timeout(ms, undefined, { signal }).catch(() => {})
