import type { IncomingMessage } from 'node:http'
import { parseJson } from '../../contract/json.ts'
import { MAX_BODY_BYTES } from '../../contract/limits.ts'
import type { Ctx, MemberCtx } from '../../core/context.ts'
import { readBytes } from '../read-bytes.ts'

export interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string>
  /** Sent piece by piece instead of `body`. */
  stream?: AsyncIterable<string>
}

export interface Exchange {
  req: IncomingMessage
  ctx: Ctx
  params: string[]
  query: URLSearchParams
  body: Record<string, unknown>
  /** The body where the route takes a list and one was sent. */
  list: unknown[] | null
  origin: { userAgent: string; address: string }
}

export type MemberExchange = Omit<Exchange, 'ctx'> & { ctx: MemberCtx }

/** A refusal that already knows how it is spelled. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super('refused')
  }
}

export const refuse = (status: number, error: string, code: string) =>
  new Refusal({ status, body: { error, error_code: code } })

// The rest of the body is not read, so that the connection cannot carry another request.
const TOO_LARGE = new Refusal({
  status: 413,
  body: { error: 'The body is larger than 1 MB', error_code: 'TOO_LARGE' },
  headers: { connection: 'close' },
})

/**
 * The JSON object in the body, or the list where one may be sent: {} where there is none, a Refusal where it is too
 * large, of another type or malformed.
 */
export async function readBody(
  req: IncomingMessage,
  takesList: boolean,
): Promise<Pick<Exchange, 'body' | 'list'>> {
  const bytes = await readBytes(req, MAX_BODY_BYTES)
  if (!bytes) throw TOO_LARGE
  if (bytes.length === 0) return { body: {}, list: null }
  if (!/^application\/json\s*(;|$)/i.test(req.headers['content-type'] ?? ''))
    throw refuse(415, 'Send application/json', 'UNSUPPORTED_MEDIA_TYPE')
  const body = parse(bytes)
  if (Array.isArray(body) && takesList) return { body: {}, list: body }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refuse(400, 'Send a JSON object', 'INVALID_JSON')
  return { body: body as Record<string, unknown>, list: null }
}

// Decoding is strict: bytes that are not UTF-8 would otherwise be stored as something else.
function parse(bytes: Buffer): unknown {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw refuse(400, 'The body is not valid JSON', 'INVALID_JSON')
  }
}
