import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import {
  type SimulatedBusiness,
  SimulatorAct,
  SimulatorBlock,
  type SimulatorCast,
  type SimulatorFaults,
  SimulatorTravel,
  SimulatorTrouble,
  SimulatorWrite,
} from '../../contract/simulator.ts'
import { isSameOrigin } from '../origin.ts'
import { readBytes } from '../read-bytes.ts'
import { streamChat } from './events.ts'
import { readFile, sendFile } from './files.ts'
import { SimulatorError, type Stage } from './stage.ts'

interface SimulatorDeps {
  stages: readonly Stage[]
  publicUrl: string
}

/** Streams open at once. */
const MAX_STREAMS = 100
/** Files on their way in at once. */
export const MAX_UPLOADS = 4
const MAX_BODY = 64 * 1024
const CHAT_PATH =
  /^\/simulator\/api\/chats\/(\d{1,16})(?:\/(events|messages|blocked|acts|files)(?:\/([^/]{1,250}))?)?\/?$/

type Exchange = { request: IncomingMessage; response: ServerResponse }
type Chat = { stage: Stage; chatId: number; part: string; key: string | undefined }

/** Answers `/simulator/api/…`: the demo's customers, played on the emulators. */
export const createSimulator = (deps: SimulatorDeps) => {
  const streams = new Room(MAX_STREAMS, 'Too many phones are open')
  const uploads = new Room(MAX_UPLOADS, 'Too many files are on their way')
  const answer = async ({ request, response }: Exchange): Promise<void> => {
    // Any page in the browser may post here without asking; only our own may write as a customer.
    if (request.method === 'POST' && !isSameOrigin(request, deps.publicUrl))
      throw new SimulatorError(403, 'Only the simulator page may do this')
    const path = pathOf(request)
    if (!path.startsWith('/simulator/api/chats/'))
      return send(response, 200, await answerAll(deps.stages, request, path))
    const chat = findChat(deps.stages, path)
    const { stage, chatId, part, key } = chat
    if (request.method === 'GET' && part === 'events') {
      const given = request.headers['last-event-id']
      const lastEventId = typeof given === 'string' ? given : undefined
      return streams.take(() => streamChat(stage, chatId, { response, lastEventId }))
    }
    if (request.method === 'GET' && part === 'files' && key !== undefined)
      return sendFile(response, await stage.readFile(chatId, decode(key)))
    if (request.method === 'POST' && part === 'files' && key === undefined)
      return uploads.take(async () => send(response, 200, { file: stage.putFile(await readFile(request)) }))
    send(response, 200, await answerChat(chat, request))
  }
  return (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    answer({ request, response }).catch((error: unknown) => refuse(response, error))
}

/** So many at once, and no more. */
class Room {
  #taken = 0
  readonly #max: number
  readonly #sentence: string

  constructor(max: number, sentence: string) {
    this.#max = max
    this.#sentence = sentence
  }

  async take<T>(run: () => Promise<T>): Promise<T> {
    if (this.#taken >= this.#max) throw new SimulatorError(503, this.#sentence)
    this.#taken += 1
    try {
      return await run()
    } finally {
      this.#taken -= 1
    }
  }
}

function findChat(stages: readonly Stage[], path: string): Chat {
  const [, id, part = '', key] = CHAT_PATH.exec(path) ?? []
  const chatId = Number(id)
  const stage = stages.find(({ people }) => people.some((person) => person.chatId === chatId))
  if (!stage || (key !== undefined && part !== 'files')) throw new SimulatorError(404, 'Not found')
  return { stage, chatId, part, key }
}

async function answerAll(stages: readonly Stage[], request: IncomingMessage, path: string): Promise<object> {
  switch (`${request.method} ${path.slice('/simulator/api/'.length)}`) {
    case 'GET cast':
      return castOf(stages)
    case 'GET faults':
      return faultsOf(stages)
    case 'POST faults': {
      const { platform, trouble, until } = await readJson(request, SimulatorTrouble)
      await stageOf(stages, platform).faults.set(trouble, until)
      return faultsOf(stages)
    }
    case 'POST normal':
      for (const { faults } of stages) await faults.clear()
      return faultsOf(stages)
    case 'POST travel': {
      const { hours } = await readJson(request, SimulatorTravel)
      await stageOf(stages, 'instagram').travel?.(hours)
      return faultsOf(stages)
    }
    default:
      throw unknownPath(path)
  }
}

const PATHS = new Set(['cast', 'faults', 'normal', 'travel'].map((name) => `/simulator/api/${name}`))
const unknownPath = (path: string): SimulatorError =>
  PATHS.has(path) ? new SimulatorError(405, 'Method not allowed') : new SimulatorError(404, 'Not found')

function stageOf(stages: readonly Stage[], platform: SimulatedBusiness['platform']): Stage {
  const stage = stages.find(({ business }) => business.platform === platform)
  if (!stage) throw new SimulatorError(404, 'Not found')
  return stage
}

const castOf = (stages: readonly Stage[]): SimulatorCast => ({
  businesses: stages.map(({ business }) => business),
  people: stages.flatMap(({ people }) => people),
})

const faultsOf = (stages: readonly Stage[]): SimulatorFaults => ({
  faults: stages.flatMap(({ faults }) => faults.list()),
  traveledHours: Math.max(0, ...stages.map((stage) => stage.traveledHours())),
})

async function answerChat({ stage, chatId, part }: Chat, request: IncomingMessage): Promise<object> {
  switch (`${request.method} ${part}`) {
    case 'GET ':
      return stage.read(chatId)
    case 'POST acts':
      return { messages: await stage.act(chatId, await readJson(request, SimulatorAct)) }
    case 'POST messages': {
      const { text } = await readJson(request, SimulatorWrite)
      const [message] = await stage.act(chatId, { do: 'text', text })
      return message ?? {}
    }
    case 'POST blocked': {
      const { blocked } = await readJson(request, SimulatorBlock)
      stage.setBlocked(chatId, blocked)
      return { blocked }
    }
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

function decode(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    throw new SimulatorError(404, 'Not found')
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  const status = statusOf(error)
  const message = status && error instanceof Error ? error.message : 'The simulator failed'
  send(response, status ?? 500, { error: { message } })
}

/** Of what the emulators refuse as their customers, too; nothing else is told to a page. */
function statusOf(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? error.status : null
  return typeof status === 'number' && status >= 400 && status < 600 ? status : null
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return
  const headers = status === 413 || status === 503 ? { connection: 'close' } : {}
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
  response.end(JSON.stringify(body))
}
