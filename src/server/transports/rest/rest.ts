import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorCode } from '../../contract/error.ts'
import { authenticateToken } from '../../core/accounts/authenticate.ts'
import type { Ctx } from '../../core/context.ts'
import { isDomainError } from '../../core/errors.ts'
import type { AppendedMessage } from '../../core/ports.ts'
import { ERROR_TABLE } from '../errors.ts'
import { isSameOrigin } from '../origin.ts'
import { accountRoutes } from './accounts.ts'
import { type Answer, type Exchange, Refusal, type Route, readBody, refuse } from './exchange.ts'
import { messageRoutes } from './messages.ts'
import { workspaceRoutes } from './workspaces.ts'

interface Deps {
  base: Ctx
  awaitResult(sent: AppendedMessage): Promise<Record<string, unknown>>
}

const UNAUTHENTICATED: Answer = {
  status: 401,
  body: { detail: 'Authentication credentials were not provided.' },
  headers: { 'www-authenticate': 'Bearer' },
}

/** Everything below `/api/v1/` but the webhooks, with and without the trailing slash. */
export function createRest({ base, awaitResult }: Deps) {
  const routes: Route[] = [...accountRoutes(base.settings), ...messageRoutes(awaitResult), ...workspaceRoutes]
  return async (req: IncomingMessage, res: ServerResponse, pathname: string): Promise<void> => {
    const answer = await run(base, routes, { req, pathname }).catch((error: unknown) => refusal(base, error))
    send(res, answer)
  }
}

async function run(
  base: Ctx,
  routes: Route[],
  { req, pathname }: { req: IncomingMessage; pathname: string },
): Promise<Answer> {
  const path = pathname.replace(/\/$/, '')
  const found = routes.filter((route) => route.path.test(path))
  if (found.length === 0) return { status: 404, body: { detail: 'Not found.' } }
  const route = found.find(({ method }) => method === req.method)
  if (!route)
    return {
      status: 405,
      body: { detail: `Method "${req.method}" not allowed.` },
      headers: { allow: found.map((r) => r.method).join(', ') },
    }
  const params = (route.path.exec(path) ?? []).slice(1)
  const origin = { userAgent: req.headers['user-agent'] ?? '', address: req.socket.remoteAddress ?? '' }
  const exchange: Exchange = { req, ctx: base, params, body: {}, origin }
  if (route.isOpen) return route.run({ ...exchange, body: await readBody(req) })
  const actor = await authenticate(base, req)
  return route.run({ ...exchange, ctx: { ...base, actor }, body: await readBody(req) })
}

// The header comes first; a cookie is believed only where the page that sent it is ours.
async function authenticate(base: Ctx, req: IncomingMessage) {
  const header = req.headers.authorization
  if (header) return authenticateToken(base, bare(header))
  const cookie = /(?:^|;\s*)HTTP_ACCESS="?([^;"]+)"?/.exec(req.headers.cookie ?? '')?.[1]
  if (!cookie) throw new Refusal(UNAUTHENTICATED)
  if (req.method !== 'GET' && !isSameOrigin(req, base.settings.publicUrl))
    throw refuse(403, 'Cross-origin request refused', 'FORBIDDEN')
  return authenticateToken(base, bare(safeDecode(cookie)))
}

const bare = (value: string) => value.replace(/^Bearer\s+/i, '')

const safeDecode = (value: string) => {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function refusal(base: Ctx, error: unknown): Answer {
  if (error instanceof Refusal) return error.answer
  if (!isDomainError(error)) {
    base.log.error({ err: error }, 'A REST request failed')
    return {
      status: 500,
      body: { error: 'An unexpected error occurred', error_code: 'INTERNAL_ERROR', details: null },
    }
  }
  if (error.code === 'unauthenticated') return UNAUTHENTICATED
  if (error.code === 'unavailable' || error.code === 'internal')
    base.log.warn({ err: error }, 'A REST request could not be served')
  const status = ERROR_TABLE[error.code as ErrorCode].http
  const headers: Record<string, string> = status === 429 || status === 503 ? { 'retry-after': '5' } : {}
  return { status, body: { error: error.message, error_code: error.code.toUpperCase() }, headers }
}

function send(res: ServerResponse, { status, body, headers }: Answer) {
  res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
  res.end(body === undefined ? undefined : JSON.stringify(body))
}
