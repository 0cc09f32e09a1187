/** Time as the emulator sees it. `schedule` returns the function that cancels. */
export type Clock = {
  now(): number
  schedule(ms: number, run: () => void): () => void
  /** Travels forward in time, where that is possible. */
  advance?(ms: number): void
}

/** Resolves after `ms`, or at once when the signal aborts. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  if (ms <= 0 || signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const finish = () => {
      cancel()
      signal?.removeEventListener('abort', finish)
      resolve()
    }
    const cancel = clock.schedule(ms, finish)
    signal?.addEventListener('abort', finish, { once: true })
  })
}

export function unixSeconds(ms: number): number {
  return Math.floor(ms / 1000)
}
