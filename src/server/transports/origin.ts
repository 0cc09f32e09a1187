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

/** True of a request from no page, or from a page of one of these origins, exactly; null allows every page. */
export const isAllowedOrigin = (req: IncomingMessage, allowed: string[] | null): boolean =>
  allowed === null || req.headers.origin === undefined || allowed.includes(req.headers.origin)
