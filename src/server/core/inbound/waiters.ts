/** Longest that the answer to a platform is held back, so that a read right after it sees the message. */
const MAX_WAIT_MS = 300

/** Those who wait for an event to be through. */
export const createWaiters = () => {
  const waiting = new Map<string, () => void>()
  return {
    wait: (eventId: string): Promise<void> =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          waiting.delete(eventId)
          resolve()
        }
        const timer = setTimeout(end, MAX_WAIT_MS)
        waiting.set(eventId, end)
      }),
    through: (eventId: string): void => waiting.get(eventId)?.(),
    size: (): number => waiting.size,
  }
}
