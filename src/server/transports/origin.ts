import type { IncomingMessage } from 'node:http'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Same origin: Origin is the request's own host, or PUBLIC_URL. A cookie alone proves nothing about who sent it. */
export function isSameOrigin(req: IncomingMessage, publicUrl: string): boolean {
  const { origin, host } = req.headers
  if (!origin) return false
  if (origin === publicUrl) return true
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}

/** False for a request that changes something and carries a foreign Origin. Requests of programs carry none, and no cookie either. */
export const mayChange = (req: IncomingMessage, publicUrl: string): boolean =>
  SAFE.has(req.method ?? '') || (!req.headers.origin && !req.headers.cookie) || isSameOrigin(req, publicUrl)
