import type { IncomingMessage, ServerResponse } from 'node:http'
import { pause } from '../../clock.ts'
import { goneSignal } from '../../gone-signal.ts'
import type { World } from '../world/world.ts'
import { BotApiError } from './bot-api-error.ts'
import { downloadBytes } from './file-methods.ts'
import { decodePathPart, faultEnvelope, sendEnvelope, strikesFirst, unauthorized } from './handle-request.ts'
import { Params } from './params.ts'
import { failure, finishCall, recordCall } from './run-method.ts'

const FILE_PATH = /^\/file\/bot([^/]+)\/(.+)$/
/** Under this name downloads are recorded and struck by faults. */
const DOWNLOAD = 'downloadFile'

type Asked = { token: string; path: string }

/** Answers `GET /file/bot<token>/<path>` with the file's bytes. */
export async function handleFileRequest(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  request.resume()
  try {
    await answer(world, readAsked(request), response)
  } catch (error) {
    sendEnvelope(response, failure(error))
  }
}

async function answer(world: World, asked: Asked, response: ServerResponse): Promise<void> {
  const bot = world.findBotByToken(asked.token)
  const params = new Params(new Map([['file_path', asked.path]]))
  const record = recordCall(world, { bot, method: DOWNLOAD, params })
  const fault = world.faults.take({ botId: bot?.id ?? null, chatId: 0, method: DOWNLOAD })
  if (fault !== null && strikesFirst(fault, response)) return
  if (fault?.kind === 'delay') await pause(world.surroundings.clock, fault.ms, goneSignal(response))
  const found = faultEnvelope(fault) ?? readBytes(world, asked)
  if (!Buffer.isBuffer(found)) {
    finishCall(record, found)
    return sendEnvelope(response, found)
  }
  if (fault?.kind === 'drop-after') return sendHalf(response, found)
  finishCall(record, { status: 200, body: {} })
  sendBytes(response, found)
}

function readBytes(world: World, { token, path }: Asked) {
  const bot = world.findBotByToken(token)
  if (bot === null) return failure(unauthorized(token))
  const ref = world.downloads.find(bot.id, path, world.surroundings.clock.now())
  const bytes = ref === null ? null : downloadBytes({ world }, ref)
  return bytes ?? failure(new BotApiError(404, 'Not Found'))
}

// What a file is, Telegram does not say here: name and type are in the update alone.
function sendBytes(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length })
  response.end(bytes)
}

/** Promises the whole file and cuts the connection in the middle of it. */
function sendHalf(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length })
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}

function readAsked(request: IncomingMessage): Asked {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const [, token, path] = FILE_PATH.exec(pathname) ?? []
  if (request.method !== 'GET' || token === undefined || path === undefined) {
    throw new BotApiError(404, 'Not Found')
  }
  return { token: decodePathPart(token), path: decodePathPart(path) }
}
