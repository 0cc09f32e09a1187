import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import { SimulatorBlock, type SimulatorCast, SimulatorWrite } from '../../contract/simulator.ts'
import { isSameOrigin } from '../origin.ts'
import { readBytes } from '../read-bytes.ts'
import { type ControlTarget, readChat, SimulatorError, setBlocked, writeText } from './control-client.ts'
import { streamChat } from './events.ts'

export interface SimulatorDeps {
  emulatorUrl: string
  controlKey: string
  cast: SimulatorCast
  publicUrl: string
}

/** Streams open at once. */
export const MAX_STREAMS = 100
const MAX_BODY = 64 * 1024
const CHAT_PATH = /^\/simulator\/api\/chats\/(\d{1,16})(?:\/(events|messages|blocked))?\/?$/

type Exchange = { request: IncomingMessage; response: ServerResponse }
type Chat = { chatId: number; part: string }

/** Answers `/simulator/api/…`: the demo's customers, played on the emulator. */
export const createSimulator = (deps: SimulatorDeps) => {
  const target: ControlTarget = { ...deps, botId: deps.cast.bot.id }
  // Any page in the browser may post here without asking; only our own may write as a customer.
  const requireOwnPage = (request: IncomingMessage) => {
    if (!isSameOrigin(request, deps.publicUrl))
      throw new SimulatorError(403, 'Only the simulator page may do this')
  }
  let streams = 0
  const stream = async ({ request, response }: Exchange, chatId: number) => {
    if (streams >= MAX_STREAMS) throw new SimulatorError(503, 'Too many phones are open')
    streams += 1
    try {
      const given = request.headers['last-event-id']
      const lastEventId = typeof given === 'string' ? given : undefined
      await streamChat(target, chatId, { response, lastEventId })
    } finally {
      streams -= 1
    }
  }
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const chat = findChat(deps.cast, request)
      if (chat?.part === 'events' && request.method === 'GET') {
        await stream({ request, response }, chat.chatId)
        return
      }
      if (request.method === 'POST') requireOwnPage(request)
      send(response, 200, chat ? await answer(target, request, chat) : castOf(deps.cast, request))
    } catch (error) {
      refuse(response, error)
    }
  }
}

function findChat(cast: SimulatorCast, request: IncomingMessage): Chat | null {
  const path = pathOf(request)
  if (path === '/simulator/api/cast') return null
  const [, id, part = ''] = CHAT_PATH.exec(path) ?? []
  const chatId = Number(id)
  if (!cast.people.some((person) => person.chatId === chatId)) throw new SimulatorError(404, 'Not found')
  return { chatId, part }
}

// Field by field: the bot may carry its token.
function castOf(
  { bot: { id, name, username }, people }: SimulatorCast,
  request: IncomingMessage,
): SimulatorCast {
  if (request.method !== 'GET') throw new SimulatorError(405, 'Method not allowed')
  return { bot: { id, name, username }, people }
}

async function answer(
  target: ControlTarget,
  request: IncomingMessage,
  { chatId, part }: Chat,
): Promise<object> {
  switch (`${request.method} ${part}`) {
    case 'GET ':
      return readChat(target, chatId)
    case 'POST messages':
      return writeText(target, chatId, (await readJson(request, SimulatorWrite)).text)
    case 'POST blocked':
      return setBlocked(target, chatId, (await readJson(request, SimulatorBlock)).blocked)
    default:
      throw new SimulatorError(405, 'Method not allowed')
  }
}

async function readJson<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const bytes = await readBytes(request, MAX_BODY)
  if (!bytes) throw new SimulatorError(413, 'The body is too long')
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')))
  } catch {
    throw new SimulatorError(400, 'The body is not what is expected here')
  }
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0] ?? '/'

function refuse(response: ServerResponse, error: unknown): void {
  const known = error instanceof SimulatorError ? error : new SimulatorError(500, 'The simulator failed')
  send(response, known.status, { error: { message: known.message } })
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return
  const headers = status === 413 ? { connection: 'close' } : {}
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
  response.end(JSON.stringify(body))
}
