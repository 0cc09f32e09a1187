import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerControl, type Exchange, parseJson } from '../../control-door.ts'
import { findRoute, matchPath } from '../../control-route.ts'
import type { EventStreams } from '../../event-streams.ts'
import { readBody } from '../../read-body.ts'
import type { ControlApi } from '../control-types.ts'
import type { World } from '../world/world.ts'
import { handleFiles } from './file-requests.ts'
import { Input } from './input.ts'
import { ROUTES } from './routes.ts'

export type ControlParts = { world: World; control: ControlApi; streams: EventStreams; controlKey: string }

const EVENTS_PATH = '/control/bots/#/chats/#/events'
const ID = /-?\d{1,16}/

/** Answers a request to `/control/…`, once it has shown the key. */
export function handleControlRequest(
  parts: ControlParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { control, controlKey, world } = parts
  const { limits } = world.surroundings
  return answerControl(controlKey, { request, response }, async (url) => {
    if (streamEvents(parts, { request, response }, url)) return
    if (await handleFiles({ control, limits }, { request, response, url })) return
    return runRoute(parts, request, url)
  })
}

function streamEvents({ world, streams }: ControlParts, exchange: Exchange, { pathname }: URL): boolean {
  const ids = matchPath(EVENTS_PATH, pathname, ID)
  if (ids === null || exchange.request.method !== 'GET') return false
  const [botId = 0, chatId = 0] = ids.map(Number)
  streams.start(world.getChat({ botId, chatId }).events, exchange)
  return true
}

async function runRoute({ world, control }: ControlParts, request: IncomingMessage, url: URL) {
  const { route, ids } = findRoute(ROUTES, { verb: request.method ?? 'GET', path: url.pathname, id: ID })
  const text = (await readBody(request, world.surroundings.limits.maxRequestBytes)).toString('utf8')
  const body = new Input(text === '' ? {} : parseJson(text))
  return route.run(control, { ids: ids.map(Number), query: readQuery(url), body })
}

function readQuery(url: URL): Input {
  const values = [...url.searchParams].map(([name, value]) => [
    name,
    /^-?\d+$/.test(value) ? Number(value) : value,
  ])
  return new Input(Object.fromEntries(values))
}
