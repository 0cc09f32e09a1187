import type { IncomingMessage, ServerResponse } from 'node:http'

/** How long what a refused client still sends is read and thrown away. */
const LINGER_MS = 1_000

const refused = new WeakSet<object>()

/** Whether a request came on a connection that only waits for its end: nobody may answer it any more. */
export const isTooLate = ({ socket }: IncomingMessage): boolean => refused.has(socket)

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

/**
 * Answers a client whose body nobody has begun to read, and ends the connection once it has stopped sending. A connection that is
 * closed while something unread waits is reset, and the reset takes the answer along (RFC 9112, 9.6).
 */
export function refuseSender(req: IncomingMessage, res: ServerResponse, status: number, body: object): void {
  refused.add(req.socket)
  const text = JSON.stringify(body)
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' }
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).write(text)
  const timer = setTimeout(() => res.end(), LINGER_MS)
  req.once('end', () => res.end()).resume()
  res.once('close', () => clearTimeout(timer))
}
