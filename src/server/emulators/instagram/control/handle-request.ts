import type { IncomingMessage, ServerResponse } from 'node:http'
import { ZodError } from 'zod'
import type { ControlApi } from '../control-api.ts'
import { BodyTooLarge, readBody } from '../http/read-body.ts'
import { sendJson } from '../http/send-json.ts'
import type { World } from '../world/world.ts'
import { ControlError, invalidInput, notFound } from './control-error.ts'
import { requireControlKey } from './control-key.ts'
import type { EventStreams } from './event-streams.ts'
import { ROUTES, type Route } from './routes.ts'

export type ControlParts = { world: World; control: ControlApi; streams: EventStreams; controlKey: string }

const EVENTS_PATH = '/control/accounts/#/threads/#/events'

/** Answers a request to `/control/…`, once it has shown the key. */
export async function handleControlRequest(
  parts: ControlParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    requireControlKey(request, parts.controlKey)
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (streamEvents(parts, { request, response, path: url.pathname })) return
    const body = await runRoute(parts, request, url)
    sendJson(response, 200, { body: body ?? { ok: true } })
  } catch (error) {
    sendError(response, error)
  }
}

function streamEvents(
  { world, streams }: ControlParts,
  { request, response, path }: { request: IncomingMessage; response: ServerResponse; path: string },
): boolean {
  const ids = matchPath(EVENTS_PATH, path)
  if (ids === null || request.method !== 'GET') return false
  const [accountId = '', igsid = ''] = ids
  const lastId = request.headers['last-event-id']
  const thread = world.getThread({ accountId, igsid })
  streams.start(thread, response, typeof lastId === 'string' ? lastId : null)
  return true
}

async function runRoute({ world, control }: ControlParts, request: IncomingMessage, url: URL) {
  const { route, ids } = findRoute(request.method ?? 'GET', url.pathname)
  const { maxRequestBytes, maxMediaBytes } = world.surroundings.limits
  const bytes = await readBody(request, route.takesFile ? maxMediaBytes : maxRequestBytes)
  const body = route.takesFile || bytes.length === 0 ? {} : parseJson(bytes.toString('utf8'))
  const mime = request.headers['content-type'] ?? ''
  return route.run(control, { ids, query: Object.fromEntries(url.searchParams), body, bytes, mime })
}

function findRoute(verb: string, path: string): { route: Route; ids: string[] } {
  const matching = ROUTES.flatMap((route) => {
    const ids = matchPath(route.path, path)
    return ids === null ? [] : [{ route, ids }]
  })
  if (matching.length === 0) throw notFound('route')
  const found = matching.find(({ route }) => route.verb === verb)
  if (!found) throw new ControlError(405, 'method_not_allowed', `${verb} is not possible here`)
  return found
}

/** What stands where the pattern has `#`, or null. */
function matchPath(pattern: string, path: string): string[] | null {
  const expression = new RegExp(`^${pattern.replaceAll('#', '([\\w.-]{1,200})')}/?$`)
  return expression.exec(path)?.slice(1) ?? null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidInput('the body is not JSON')
  }
}

function sendError(response: ServerResponse, error: unknown): void {
  const { status, code, message } = asControlError(error)
  const headers = status === 413 ? { connection: 'close' } : {}
  sendJson(response, status, { body: { error: { code, message } }, headers })
}

function asControlError(error: unknown): ControlError {
  if (error instanceof ControlError) return error
  if (error instanceof BodyTooLarge) return new ControlError(413, 'too_large', error.message)
  if (error instanceof ZodError) return invalidInput(firstIssue(error))
  return new ControlError(500, 'internal', error instanceof Error ? error.message : 'unknown')
}

function firstIssue({ issues: [issue] }: ZodError): string {
  return issue === undefined ? 'the body does not fit' : `${issue.path.join('.') || 'body'}: ${issue.message}`
}
