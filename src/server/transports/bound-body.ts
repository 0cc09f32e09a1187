import type { IncomingMessage } from 'node:http'

/**
 * Calls `refuse`, once, where a request's body has more than `max` bytes, for a reader that has no bound of its own: it is
 * given no more, and not told that the body had ended. False where that is known at once.
 */
export function boundBody(req: IncomingMessage, max: number, refuse: () => void): boolean {
  if (Number(req.headers['content-length'] ?? 0) > max) {
    refuse()
    return false
  }
  let size = 0
  const push = req.push.bind(req)
  // Below every reader, for a reader of its own would take the body away from the one that is bounded.
  req.push = (chunk: Buffer | null, ...rest) => {
    if (size > max) return false
    size += chunk?.length ?? 0
    if (size <= max) return push(chunk, ...rest)
    refuse()
    return false
  }
  return true
}
