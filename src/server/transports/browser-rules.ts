import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** What a browser is told of a request's surroundings. */
export interface Surroundings {
  isHttps: boolean
  isDev: boolean
}

const COMMON = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Without the origin a form of our own page would post as Origin null.
  'referrer-policy': 'strict-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
}
const YEAR_S = 31_536_000
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * The one style sheet that a library writes into a page by itself without a nonce: sonner's, first as the empty element
 * that it inserts. A test takes the sum of the sheet that is installed.
 */
export const WRITTEN_STYLES = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='",
]

/** Before anybody answers: whatever the answer becomes, it is data in which nothing may run. */
export function closeAnswer(res: ServerResponse, { isHttps }: Surroundings) {
  for (const [name, value] of Object.entries(COMMON)) res.setHeader(name, value)
  res.setHeader('content-security-policy', NOTHING)
  if (isHttps) res.setHeader('strict-transport-security', `max-age=${YEAR_S}`)
}

/** The answer is a page of ours: its own scripts and styles run. Next reads the nonce from the request's own header. */
export function openPage(req: IncomingMessage, res: ServerResponse, surroundings: Surroundings) {
  const policy = pagePolicy(randomBytes(16).toString('base64'), req.headers.host, surroundings)
  req.headers['content-security-policy'] = policy
  res.setHeader('content-security-policy', policy)
}

// A browser that knows 'strict-dynamic' leaves 'self' out of account: only what a script of ours loads runs, and no file
// that somebody brought onto this origin.
function pagePolicy(nonce: string, host: string | undefined, { isHttps, isDev }: Surroundings): string {
  const script = isDev ? "'self' 'unsafe-inline' 'unsafe-eval'" : `'self' 'nonce-${nonce}' 'strict-dynamic'`
  const style = isDev ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}' ${WRITTEN_STYLES.join(' ')}`
  const rules = {
    'default-src': "'none'",
    'script-src': script,
    'style-src': style,
    'img-src': "'self' data:",
    'font-src': "'self'",
    'media-src': "'self'",
    'manifest-src': "'self'",
    'connect-src': ["'self'", ...socketOf(host, isHttps)].join(' '),
    'form-action': "'self'",
    'base-uri': "'none'",
    'object-src': "'none'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(rules)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')
}

// Older browsers do not count sockets of the same host as 'self'. What is no plain host gets into no header.
const socketOf = (host: string | undefined, isHttps: boolean): string[] =>
  host && /^[\w.-]+(:\d+)?$|^\[[0-9a-f:.]+\](:\d+)?$/i.test(host)
    ? [`${isHttps ? 'wss' : 'ws'}://${host}`]
    : []
