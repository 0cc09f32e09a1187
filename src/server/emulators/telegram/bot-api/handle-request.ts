import type { IncomingMessage, ServerResponse } from 'node:http'
import { pause } from '../../clock.ts'
import { goneSignal } from '../../gone-signal.ts'
import { sendJson } from '../../send-json.ts'
import type { Fault } from '../fault-types.ts'
import type { Bot } from '../world/bot.ts'
import type { World } from '../world/world.ts'
import { BotApiError } from './bot-api-error.ts'
import { findMethod } from './methods.ts'
import type { Params } from './params.ts'
import { readParams } from './read-params.ts'
import { type Envelope, failure, finishCall, recordCall, runMethod } from './run-method.ts'

const BOT_PATH = /^\/bot([^/]+)\/([^/]*)\/?$/
const MAX_TOKEN_LENGTH = 80

type Asked = { token: string; bot: Bot | null; method: string; params: Params }

/** Answers a request to `/bot<token>/<method>`, with whatever fault waits for it. */
export async function handleBotRequest(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const envelope = await answer(world, request, response).catch(failure)
  if (envelope !== null) sendEnvelope(response, envelope)
}

/** The envelope to send, or null when a fault leaves the caller without one. */
async function answer(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Envelope | null> {
  const asked = await readAsked(world, request)
  const { bot, method, params } = asked
  const record = recordCall(world, asked)
  const target = { botId: bot?.id ?? null, chatId: params.id('chat_id'), method }
  const fault = world.faults.take(target)
  if (fault !== null && strikesFirst(fault, response)) return null
  const gone = goneSignal(response)
  const envelope = faultEnvelope(fault) ?? (await run(world, asked, gone))
  if (fault?.kind === 'drop-after') {
    response.destroy()
    return null
  }
  if (fault?.kind === 'delay') await pause(world.surroundings.clock, fault.ms, gone)
  finishCall(record, envelope)
  return envelope
}

async function readAsked(world: World, request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const { token, method } = readPath(url.pathname)
  const params = await readParams(request, url, world.surroundings.limits)
  return { token, bot: world.findBotByToken(token), method: method || params.text('method'), params }
}

function run(world: World, { token, bot, method, params }: Asked, gone: AbortSignal): Promise<Envelope> {
  if (bot === null) return Promise.resolve(failure(unauthorized(token)))
  return runMethod(findMethod(method), { world, bot, params, gone })
}

export function sendEnvelope(response: ServerResponse, { status, body, retryAfter }: Envelope): void {
  const headers = {
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    ...(status === 413 ? { connection: 'close' } : {}),
  }
  sendJson(response, status, { body, headers })
}

function readPath(pathname: string): { token: string; method: string } {
  const [, token, method] = BOT_PATH.exec(pathname) ?? []
  if (token === undefined || method === undefined) throw new BotApiError(404, 'Not Found')
  return { token: decodePathPart(token), method: decodePathPart(method) }
}

export function decodePathPart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new BotApiError(404, 'Not Found')
  }
}

export function unauthorized(token: string): BotApiError {
  const isToken = /^[1-9]\d*:/.test(token) && token.length <= MAX_TOKEN_LENGTH
  return new BotApiError(401, isToken ? 'Unauthorized' : 'Unauthorized: invalid token specified')
}

/** Whether the fault left the caller without an answer of ours, the method not run. */
export function strikesFirst(fault: Fault, response: ServerResponse): boolean {
  if (fault.kind === 'drop-before') response.destroy()
  if (fault.kind === 'not-json') sendPage(response, fault.status)
  return fault.kind === 'hang' || fault.kind === 'drop-before' || fault.kind === 'not-json'
}

function sendPage(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html' })
  response.end(`<html><head><title>${status}</title></head><body>nginx</body></html>`)
}

export function faultEnvelope(fault: Fault | null): Envelope | null {
  if (fault?.kind !== 'status') return null
  return failure(new BotApiError(fault.status, fault.description, fault.parameters))
}
