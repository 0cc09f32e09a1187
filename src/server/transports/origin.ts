import type { IncomingMessage } from 'node:http'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Same origin: Origin is the request's own host, or PUBLIC_URL, to the letter, and the browser does not say otherwise. A
 * cookie alone proves nothing about who sent it.
 */
export function isSameOrigin(req: IncomingMessage, publicUrl: string): boolean {
  const { origin } = req.headers
  if (!origin || comesFromElsewhere(req)) return false
  if (origin === publicUrl) return true
  const url = URL.canParse(origin) ? new URL(origin) : null
  // A page of the same host without TLS is a stranger: anybody on the way can have written it.
  if (url?.origin !== origin || url.host === new URL(publicUrl).host) return false
  return url.host === req.headers.host?.toLowerCase()
}

/** The same where a browser names no Origin, as with a GET of a page of our own. */
export const isOwnPage = (req: IncomingMessage, publicUrl: string): boolean =>
  isSameOrigin(req, publicUrl) || (!req.headers.origin && req.headers['sec-fetch-site'] === 'same-origin')

/** False for a request that changes something and carries a foreign Origin. Requests of programs carry none, and no cookie either. */
export const mayChange = (req: IncomingMessage, publicUrl: string): boolean =>
  SAFE.has(req.method ?? '') || isProgram(req) || isSameOrigin(req, publicUrl)

/** False for a body that a foreign page can send without asking first: a form's, a plain text. */
export const isJsonOrNothing = (req: IncomingMessage): boolean =>
  SAFE.has(req.method ?? '') || /^application\/json\s*(;|$)/i.test(req.headers['content-type'] ?? '')

/** True of a request from no page, or from a page of one of these origins, exactly; null allows every page. */
export const isAllowedOrigin = (req: IncomingMessage, allowed: string[] | null): boolean =>
  allowed === null || req.headers.origin === undefined || allowed.includes(req.headers.origin)

const isProgram = (req: IncomingMessage): boolean =>
  !req.headers.origin && !req.headers.cookie && !comesFromElsewhere(req)

const comesFromElsewhere = ({ headers }: IncomingMessage): boolean =>
  headers['sec-fetch-site'] !== undefined && headers['sec-fetch-site'] !== 'same-origin'
