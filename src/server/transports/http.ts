import type { IncomingMessage, ServerResponse } from 'node:http'
import { MAX_BODY_BYTES } from '../contract/limits.ts'
import { boundBody, isTooLate, refuseSender } from './bound-body.ts'
import { closeAnswer, openPage, type Surroundings } from './browser-rules.ts'
import { isJsonOrNothing, mayChange } from './origin.ts'

type Handle = (req: IncomingMessage, res: ServerResponse) => unknown

const PHONE_FILES = /^\/simulator\/api\/chats\/\d{1,16}\/files\/?$/

interface Routes {
  publicUrl: string
  surroundingsOf(req: IncomingMessage): Surroundings
  isReady(): Promise<boolean>
  /** True of an address that the blacklist keeps out. */
  isBlocked(req: IncomingMessage): boolean
  /** A valid console session reaches the console from anywhere, or nobody could lift a ban of their own address. */
  hasSession(req: IncomingMessage): Promise<boolean>
  addressOf(req: IncomingMessage): string
  trpc(req: IncomingMessage, res: ServerResponse, path: string): unknown
  rest(req: IncomingMessage, res: ServerResponse, url: URL): unknown
  download(req: IncomingMessage, res: ServerResponse, url: URL): unknown
  file(req: IncomingMessage, res: ServerResponse, url: URL): unknown
  upload(req: IncomingMessage, res: ServerResponse, url: URL): unknown
  webhook: Handle
  instagramWebhook: Handle
  simulator: Handle | null
  /** What websites' visitors load; null of a path that is none of it. */
  widget(req: IncomingMessage, res: ServerResponse, url: URL): unknown | null
  next: Handle
}

const BLOCKED = { error: 'This address is blocked', error_code: 'BLOCKED' }
const NOT_JSON = { error: 'Send application/json', error_code: 'UNSUPPORTED_MEDIA_TYPE' }
const INSTAGRAM_WEBHOOK = /^\/api\/v1\/message\/insta-webhook\/?$/
const WEBHOOK = /^\/api\/v1\/message\/webhook\/[^/]+\/?$/

/** Path to handler, then Next. What fails here is answered 500 without a word about why. */
export function createHttpHandler(routes: Routes): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    if (isTooLate(req)) return
    closeAnswer(res, routes.surroundingsOf(req))
    Promise.resolve(route(routes, req, res)).catch(() => {
      if (!res.headersSent) answer(res, 500, { error: 'Internal server error', error_code: 'INTERNAL_ERROR' })
      else res.destroy()
    })
  }
}

async function route(routes: Routes, req: IncomingMessage, res: ServerResponse) {
  const url = urlOf(req)
  if (url === null) return answer(res, 400, { error: 'Bad request', error_code: 'BAD_REQUEST' })
  const { pathname } = url
  if (pathname === '/healthz') return answer(res, 200, { status: 'ok' })
  if (pathname === '/readyz') return ready(routes, res)
  if (WEBHOOK.test(pathname)) return routes.webhook(req, res)
  if (INSTAGRAM_WEBHOOK.test(pathname)) return routes.instagramWebhook(req, res)
  if (pathname.startsWith('/api/v1/'))
    return routes.isBlocked(req) ? answer(res, 403, BLOCKED) : routes.rest(req, res, url)
  if (routes.isBlocked(req) && !(await routes.hasSession(req))) return answer(res, 403, BLOCKED)
  const shown = routes.widget(req, res, url)
  if (shown !== null) return shown
  if (!mayChange(req, routes.publicUrl))
    return answer(res, 403, { error: 'Cross-origin request refused', error_code: 'FORBIDDEN' })
  if (pathname.startsWith('/downloads/')) return routes.download(req, res, url)
  if (pathname.startsWith('/files/')) return routes.file(req, res, url)
  if (pathname.startsWith('/uploads/')) return routes.upload(req, res, url)
  const isSimulator = routes.simulator && pathname.startsWith('/simulator/api/')
  if (!pathname.startsWith('/trpc/') && !isSimulator) return toNext(routes, pathname, { req, res })
  // A file of a phone is not JSON; its route asks for our own page by itself.
  if (isSimulator && PHONE_FILES.test(pathname)) return routes.simulator?.(req, res)
  if (!isJsonOrNothing(req)) return answer(res, 415, NOT_JSON)
  if (isSimulator) return routes.simulator?.(req, res)
  res.setHeader('cache-control', 'no-store')
  return routes.trpc(req, res, pathname.slice('/trpc/'.length))
}

/** Pages run their own scripts; what next-auth answers and what the build made are data like any other. */
function toNext(
  routes: Routes,
  pathname: string,
  { req, res }: { req: IncomingMessage; res: ServerResponse },
) {
  const tooLarge = { error: 'The body is larger than 1 MB', error_code: 'TOO_LARGE' }
  const isBounded = boundBody(req, MAX_BODY_BYTES, () => {
    if (res.headersSent) return void res.destroy()
    if (req.headers['content-length'] !== undefined) return refuseSender(req, res, 413, tooLarge)
    // The rest of the body is not read, so that the connection cannot carry another request.
    res.setHeader('connection', 'close')
    answer(res, 413, tooLarge)
  })
  if (!isBounded) return
  const isAuth = pathname.startsWith('/api/auth/')
  const client = withClient(req, pathname, routes.addressOf(req))
  if (isAuth) res.setHeader('cache-control', 'no-store')
  else if (!pathname.startsWith('/_next/static/')) openPage(req, res, routes.surroundingsOf(req))
  return routes.next(client, res)
}

async function ready(routes: Routes, res: ServerResponse) {
  const isReady = await routes.isReady().catch(() => false)
  answer(res, isReady ? 200 : 503, { status: isReady ? 'ready' : 'unavailable' })
}

// next-auth takes whatever begins with its cookie's name for a piece of the session, so that a planted one would spoil it.
const STRAY_COOKIE = /(?<=^|;)\s*(?:__\w+-)?next-auth\.session-token(?!=|\.\d=)[^;]*(?:;|$)/g

/** What pages may know of the client is what we believe; whatever the client claims in these headers is dropped. */
function withClient(req: IncomingMessage, pathname: string, address: string) {
  for (const name of Object.keys(req.headers))
    if (/^(x-(peyk|forwarded|real-ip|middleware)|content-security-policy)/.test(name))
      delete req.headers[name]
  if (req.headers.cookie) req.headers.cookie = req.headers.cookie.replace(STRAY_COOKIE, '')
  req.headers['x-peyk-address'] = address
  req.headers['x-peyk-path'] = pathname
  return req
}

/** Where a request goes; null where its target is no path. */
export function urlOf(req: IncomingMessage): URL | null {
  try {
    return new URL(req.url ?? '/', 'http://localhost')
  } catch {
    return null
  }
}

function answer(res: ServerResponse, status: number, body: object) {
  res
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}
