import type { IncomingMessage } from 'node:http'
import { MAX_BODY_BYTES, MAX_JSON_DEPTH } from '../../contract/limits.ts'
import type { Ctx, MemberCtx } from '../../core/context.ts'

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
  const bytes = await readBytes(req)
  if (bytes.length === 0) return { body: {}, list: null }
  if (!/^application\/json\s*(;|$)/i.test(req.headers['content-type'] ?? ''))
    throw refuse(415, 'Send application/json', 'UNSUPPORTED_MEDIA_TYPE')
  const body = parse(bytes)
  if (Array.isArray(body) && takesList) return { body: {}, list: body }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refuse(400, 'Send a JSON object', 'INVALID_JSON')
  return { body: body as Record<string, unknown>, list: null }
}

async function readBytes(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  // The iterator must leave the socket open, or the refusal could not be answered.
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw TOO_LARGE
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

// Decoding is strict: bytes that are not UTF-8 would otherwise be stored as something else.
function parse(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (!isTooDeep(value)) return value
  } catch {
    // Told below, in the same words as what is too deep.
  }
  throw refuse(400, 'The body is not valid JSON', 'INVALID_JSON')
}

// Without recursion: a body of 200,000 nested arrays parses, and would overflow the stack of whoever walks it.
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_JSON_DEPTH) return true
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return false
}
