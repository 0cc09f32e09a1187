import { ReadableStream } from 'node:stream/web'
import { type Fields, fields, parseJson } from '../foreign.ts'
import { wasNeverSent } from '../never-sent.ts'
import { readAnswer } from '../read-answer.ts'
import { type FormFile, formWith } from './multipart.ts'

/** Where a call goes. */
export interface TelegramTarget {
  root: string
  token: string
  timeoutMs?: number
  /** Longest answer that is read. */
  maxBytes?: number
  /** Ends the call early. */
  signal?: AbortSignal
}

/**
 * What became of a call. `unreachable`: it never left, or not as a whole. `unread`: the file to go with it broke off before it was
 * through. `lost`: it left, and nobody knows what became of it.
 */
export type TelegramAnswer =
  | {
      kind: 'answered'
      status: number
      body: TelegramBody
      retryAfterMs: number | null
      /** By its own clock, to the second; absent where it does not say. */
      sentAt?: number
    }
  | { kind: 'unreachable' }
  | { kind: 'unread' }
  /** `status` is there where something in between answered instead. */
  | { kind: 'lost'; status?: number }

export type TelegramBody = { ok: boolean; description?: string; result?: unknown; [field: string]: unknown }

const TELEGRAM_TIMEOUT_MS = 30_000
/** Longest pause that is believed. */
export const MAX_RETRY_AFTER_MS = 60 * 60 * 1000

const BETWEEN = new Set([502, 504])

/** Calls a method of the Bot API. Never throws, and no text it answers holds the token. */
export async function callTelegram(
  target: TelegramTarget,
  method: string,
  params: object,
): Promise<TelegramAnswer> {
  try {
    const headers = { 'content-type': 'application/json' }
    return await read(await post(target, method, { headers, body: JSON.stringify(params) }), target)
  } catch (error) {
    return { kind: wasNeverSent(error) ? 'unreachable' : 'lost' }
  }
}

/** The same with a file, which is read while it is sent. */
export async function uploadToTelegram(
  target: TelegramTarget,
  method: string,
  { params, file }: { params: object; file: FormFile },
): Promise<TelegramAnswer> {
  const form = formWith(params, file)
  try {
    const body = ReadableStream.from(form.body) as unknown as RequestInit['body']
    const headers = { 'content-type': form.contentType }
    const init: StreamingInit = { headers, body, duplex: 'half' }
    return await read(await post(target, method, init), target)
  } catch (error) {
    if (form.failed()) return { kind: 'unread' }
    return { kind: !form.isThrough() || wasNeverSent(error) ? 'unreachable' : 'lost' }
  }
}

/** What Node wants said where a body is sent piece by piece; the browser's types do not know it. */
interface StreamingInit extends RequestInit {
  duplex: 'half'
}

const post = (target: TelegramTarget, method: string, init: RequestInit): Promise<Response> => {
  const ending = AbortSignal.timeout(target.timeoutMs ?? TELEGRAM_TIMEOUT_MS)
  return fetch(`${target.root.replace(/\/+$/, '')}/bot${target.token}/${method}`, {
    ...init,
    method: 'POST',
    // A redirect would carry the token, which stands in the path's place, to somebody else.
    redirect: 'manual',
    signal: target.signal ? AbortSignal.any([target.signal, ending]) : ending,
  })
}

async function read(response: Response, { token, maxBytes }: TelegramTarget): Promise<TelegramAnswer> {
  const { status } = response
  const text = await readAnswer(response, maxBytes).catch(() => null)
  const body = asBody(text?.replaceAll(token, '[token]') ?? '')
  // A success whose answer cannot be read is not known to be one.
  if (body === null && status < 300) return { kind: 'lost' }
  // Something in between answered: Telegram may have done it nevertheless.
  if (body === null && BETWEEN.has(status)) return { kind: 'lost', status }
  const known = body ?? { ok: false, description: `HTTP ${status}` }
  const sentAt = Date.parse(response.headers.get('date') ?? '')
  const retryAfterMs = retryAfter(known, response.headers)
  return { kind: 'answered', status, body: known, retryAfterMs, ...(sentAt > 0 && { sentAt }) }
}

function asBody(text: string): TelegramBody | null {
  const body = fields(parseJson(text))
  return isBody(body) ? body : null
}

const isBody = (body: Fields | null): body is TelegramBody => typeof body?.ok === 'boolean'

function retryAfter(body: TelegramBody, headers: Headers): number | null {
  const parameters = body.parameters as { retry_after?: unknown } | undefined
  const seconds = Number(parameters?.retry_after ?? headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) : null
}
