import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { ErrorCode } from '../../contract/error.ts'
import { authenticateToken } from '../../core/accounts/authenticate.ts'
import type { Ctx, Member } from '../../core/context.ts'
import { isDomainError } from '../../core/errors.ts'
import { authenticateKey, KEY_PREFIX } from '../../core/keys/keys.ts'
import type { AppendedMessage } from '../../core/ports/journal.ts'
import type { Origin } from '../../core/security/doors.ts'
import { decodePart } from '../decode-part.ts'
import { ERROR_TABLE } from '../errors.ts'
import { isOwnPage } from '../origin.ts'
import { crossOriginHeaders, isPreflight, preflightAnswer } from './cross-origin.ts'
import { type Answer, type Exchange, Refusal, readBody, refuse } from './exchange.ts'
import { type CompiledRoute, compile, type Route } from './route.ts'
import { createRoutes } from './routes.ts'

interface Deps {
  base: Ctx
  originOf(req: IncomingMessage): Origin
  /** Counts a token that proves nobody. */
  noteFailedAuth(origin: Origin): Promise<void>
  awaitResult(sent: AppendedMessage): Promise<Record<string, unknown>>
}

const UNAUTHENTICATED: Answer = {
  status: 401,
  body: { detail: 'Authentication credentials were not provided.' },
  headers: { 'www-authenticate': 'Bearer' },
}

/** Everything below `/api/v1/` but the webhooks, with and without the trailing slash. */
export function createRest({ base, awaitResult, originOf, noteFailedAuth }: Deps) {
  const entry = { base, originOf, noteFailedAuth }
  const routes = createRoutes(base.settings, awaitResult).map(compile)
  return async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> => {
    const answer = await run(entry, routes, { req, url }).catch((error: unknown) => refusal(base, error))
    await send(res, answer).catch((err) => base.log.warn({ err }, 'An answer could not be sent whole'))
  }
}

type Entry = Omit<Deps, 'awaitResult'>

async function run(entry: Entry, routes: CompiledRoute[], { req, url }: { req: IncomingMessage; url: URL }) {
  const path = url.pathname.replace(/\/$/, '')
  const found = routes.filter(({ pattern }) => pattern.test(path))
  if (found.length === 0) return { status: 404, body: { detail: 'Not found.' } }
  const crossing = await crossOriginHeaders(entry.base, req, found)
  if (isPreflight(req) && 'vary' in crossing) return preflightAnswer(crossing)
  const answered = await runFound(entry, found, { req, url }).catch((error) => refusal(entry.base, error))
  return { ...answered, headers: { ...answered.headers, ...crossing } }
}

async function runFound(
  entry: Entry,
  found: CompiledRoute[],
  { req, url }: { req: IncomingMessage; url: URL },
) {
  const path = url.pathname.replace(/\/$/, '')
  const match = found.find(({ route }) => route.method === req.method)
  if (!match) return wrongMethod(req, found)
  const params = (match.pattern.exec(path) ?? []).slice(1).map(decodePart)
  const from = entry.originOf(req)
  const origin = { userAgent: req.headers['user-agent'] ?? '', address: from.address }
  const exchange = { req, params, origin, query: url.searchParams }
  return answer(entry, match.route, exchange, from)
}

async function answer(
  entry: Entry,
  route: Route,
  exchange: Pick<Exchange, 'req' | 'params' | 'origin' | 'query'>,
  from: Origin,
) {
  const { base } = entry
  const { req } = exchange
  if (route.isOpen)
    return route.run({ ...exchange, ctx: base, ...(await readBody(req, route.takesList ?? false)) })
  const actor = await authenticate(base, req, route).catch(async (error: unknown) => {
    if (isDomainError(error) && error.code === 'unauthenticated' && error.cause === 'invalid')
      await entry.noteFailedAuth(from)
    throw error
  })
  const { key } = actor
  if (key && !route.scopes.some((scope) => key.scopes.includes(scope)))
    throw refuse(403, 'This API key may not do this', 'FORBIDDEN')
  const body = route.takesFile ? NO_BODY : await readBody(req, route.takesList ?? false)
  return route.run({ ...exchange, ctx: { ...base, actor: { ...actor, address: from.address } }, ...body })
}

const NO_BODY = { body: {}, list: null }

const wrongMethod = (req: IncomingMessage, found: CompiledRoute[]): Answer => ({
  status: 405,
  body: { detail: `Method "${req.method}" not allowed.` },
  headers: { allow: found.map(({ route }) => route.method).join(', ') },
})

// The header comes first; a cookie is believed only where the page that sent it is ours.
async function authenticate(base: Ctx, req: IncomingMessage, route: Route): Promise<Member> {
  const header = req.headers.authorization ?? headerKey(req)
  if (header) return authenticateBearer(base, bare(header))
  const cookie = /(?:^|;\s*)HTTP_ACCESS="?([^;"]+)"?/.exec(req.headers.cookie ?? '')?.[1]
  if (!cookie) throw new Refusal(UNAUTHENTICATED)
  if ((route.method !== 'GET' || route.isChange) && !isOwnPage(req, base.settings.publicUrl))
    throw refuse(403, 'Cross-origin request refused', 'FORBIDDEN')
  return authenticateToken(base, bare(decodePart(cookie)))
}

const headerKey = ({ headers }: IncomingMessage) => {
  const key = headers['x-api-key']
  return typeof key === 'string' && key.startsWith(KEY_PREFIX) ? key : undefined
}

const authenticateBearer = (base: Ctx, token: string) =>
  token.startsWith(KEY_PREFIX) ? authenticateKey(base, token) : authenticateToken(base, token)

const bare = (value: string) => value.replace(/^Bearer\s+/i, '')

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
  const headers: Record<string, string> =
    status === 429 || status === 503 ? { 'retry-after': String(retryAfter(error.cause)) } : {}
  return { status, body: { error: error.message, error_code: error.code.toUpperCase() }, headers }
}

/** Whole seconds, as the header wants them. */
const retryAfter = (cause: unknown): number => {
  const ms = (cause as { retryAfterMs?: number } | undefined)?.retryAfterMs ?? 5_000
  return Math.max(1, Math.ceil(ms / 1_000))
}

async function send(res: ServerResponse, { status, body, headers, stream }: Answer): Promise<void> {
  const type = body === undefined && !stream ? {} : { 'content-type': 'application/json' }
  res.writeHead(status, { ...type, 'cache-control': 'no-store', ...headers })
  if (stream) await pipeline(stream, res)
  else res.end(body === undefined ? undefined : JSON.stringify(body))
}
