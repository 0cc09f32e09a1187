import type { RecordedCall, RecordedFile } from '../control-types.ts'
import { redactTokens } from '../redact.ts'
import type { Bot } from '../world/bot.ts'
import type { World } from '../world/world.ts'
import { BotApiError, tooManyRequests } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'
import { findMethod } from './methods.ts'
import { Params } from './params.ts'
import { parseJsonParams } from './read-params.ts'

const MAX_METHOD_LENGTH = 64

export type Envelope = { status: number; body: object; retryAfter?: number }

/** Runs the method and answers in Telegram's envelope, whatever happens. */
export async function runMethod(method: Method | null, call: Call): Promise<Envelope> {
  try {
    if (method === null) throw new BotApiError(404, 'Not Found: method not found')
    if (method.flooded) checkFlood(call, method.weight?.(call) ?? 1)
    return success(await method.run(call))
  } catch (error) {
    return failure(error)
  }
}

export function failure(error: unknown): Envelope {
  if (!(error instanceof BotApiError)) return failure(internalError(error))
  const { status, message, parameters } = error
  const body = { ok: false, error_code: status, description: message, ...(parameters ? { parameters } : {}) }
  return { status, body, retryAfter: parameters?.retry_after }
}

/** A webhook may answer an update with a method to run; nobody learns what became of it. */
export async function runWebhookReply(world: World, bot: Bot, body: string): Promise<void> {
  const params = new Params(readReply(body))
  const method = findMethod(params.text('method'))
  if (method === null || /^(get|setWebhook$|deleteWebhook$)/i.test(method.name)) return
  const record = recordCall(world, { bot, method: method.name, params })
  const gone = new AbortController().signal
  finishCall(record, await runMethod(method, { world, bot, params, gone }))
}

export function recordCall(
  world: World,
  { bot, method, params }: { bot: Bot | null; method: string; params: Params },
): RecordedCall {
  const name = findMethod(method)?.name ?? method.slice(0, MAX_METHOD_LENGTH)
  const atMs = world.surroundings.clock.now()
  return world.calls.record(
    { atMs, botId: bot?.id ?? null, method: name, params: params.values, files: recordedFiles(params) },
    world.tokens(),
  )
}

function recordedFiles({ files }: Params): RecordedFile[] {
  return [...files].map(([field, { name, mime, bytes }]) => ({ field, name, mime, size: bytes.length }))
}

export function finishCall(record: RecordedCall, { status, body }: Envelope): void {
  record.status = status
  record.description = 'description' in body ? String(body.description) : null
}

function success({ result, description }: Answer): Envelope {
  return { status: 200, body: { ok: true, result, ...(description ? { description } : {}) } }
}

function internalError(error: unknown): BotApiError {
  const reason = redactTokens(error instanceof Error ? error.message : 'unknown', [])
  return new BotApiError(500, `Internal Server Error: ${reason}`)
}

function checkFlood({ world, bot, params }: Call, weight: number): void {
  const wait = world.flood.take(bot.id, params.id('chat_id'), weight)
  if (wait > 0) throw tooManyRequests(wait)
}

function readReply(body: string): Map<string, string> {
  try {
    return new Map(parseJsonParams(body))
  } catch {
    return new Map()
  }
}
