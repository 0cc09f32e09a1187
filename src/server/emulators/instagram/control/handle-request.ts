import type { IncomingMessage, ServerResponse } from 'node:http'
import { ZodError } from 'zod'
import { answerControl, type Exchange, parseJson } from '../../control-door.ts'
import { invalidInput } from '../../control-error.ts'
import { findRoute, matchPath } from '../../control-route.ts'
import type { EventStreams } from '../../event-streams.ts'
import { readBody } from '../../read-body.ts'
import type { ControlApi } from '../control-api.ts'
import type { World } from '../world/world.ts'
import { ROUTES } from './routes.ts'

export type ControlParts = { world: World; control: ControlApi; streams: EventStreams; controlKey: string }

const EVENTS_PATH = '/control/accounts/#/threads/#/events'
const ID = /[\w.-]{1,200}/

/** Answers a request to `/control/…`, once it has shown the key. */
export function handleControlRequest(
  parts: ControlParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  return answerControl(parts.controlKey, { request, response }, async (url) => {
    if (streamEvents(parts, { request, response }, url)) return
    return runRoute(parts, request, url).catch(refuse)
  })
}

function streamEvents({ world, streams }: ControlParts, exchange: Exchange, { pathname }: URL): boolean {
  const ids = matchPath(EVENTS_PATH, pathname, ID)
  if (ids === null || exchange.request.method !== 'GET') return false
  const [accountId = '', igsid = ''] = ids
  streams.start(world.getThread({ accountId, igsid }).events, exchange)
  return true
}

async function runRoute({ world, control }: ControlParts, request: IncomingMessage, url: URL) {
  const { route, ids } = findRoute(ROUTES, { verb: request.method ?? 'GET', path: url.pathname, id: ID })
  const { maxRequestBytes, maxMediaBytes } = world.surroundings.limits
  const bytes = await readBody(request, route.takesFile ? maxMediaBytes : maxRequestBytes)
  const body = route.takesFile || bytes.length === 0 ? {} : parseJson(bytes.toString('utf8'))
  const mime = request.headers['content-type'] ?? ''
  return route.run(control, { ids, query: Object.fromEntries(url.searchParams), body, bytes, mime })
}

function refuse(error: unknown): never {
  throw error instanceof ZodError ? invalidInput(firstIssue(error)) : error
}

function firstIssue({ issues: [issue] }: ZodError): string {
  return issue === undefined ? 'the body does not fit' : `${issue.path.join('.') || 'body'}: ${issue.message}`
}
