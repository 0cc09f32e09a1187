import type { IncomingMessage } from 'node:http'
import { MAX_FILE_BYTES } from '../contract/limits.ts'
import type { MemberCtx } from '../core/context.ts'
import { DomainError } from '../core/errors.ts'
import { type Upload, uploadAttachment } from '../core/files/upload.ts'

/** Uploads under way on this node for one person. */
const MAX_AT_ONCE = 6
const MAX_NAME = 1_000
const underWay = new WeakMap<object, Map<number, number>>()

// The rest of a body is not read, so that the connection cannot carry another request.
export const HANG_UP = { connection: 'close' }

/** Takes the file in that is a request's body; its name comes in the query. Errors: those of an upload. */
export async function takeUploadBody(
  ctx: MemberCtx,
  req: IncomingMessage,
  { conversationId, query }: { conversationId: string; query: URLSearchParams },
) {
  if (Number(req.headers['content-length'] ?? 0) > MAX_FILE_BYTES)
    throw new DomainError('too_large', 'The file is too large')
  const name = query.get('name')?.slice(0, MAX_NAME) ?? null
  const upload: Upload = { conversationId, name, bytes: piecesOf(req) }
  return atOnce(ctx, () => uploadAttachment(ctx, upload))
}

async function* piecesOf(req: IncomingMessage): AsyncIterable<Uint8Array> {
  // The iterator must leave the socket open, or a refusal could not be answered.
  yield* req.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
}

async function atOnce<T>({ actor, files }: MemberCtx, run: () => Promise<T>): Promise<T> {
  const counts = underWay.get(files) ?? new Map<number, number>()
  underWay.set(files, counts)
  const count = counts.get(actor.userId) ?? 0
  if (count >= MAX_AT_ONCE) throw new DomainError('rate_limited', 'Too many files at once')
  counts.set(actor.userId, count + 1)
  try {
    return await run()
  } finally {
    const left = (counts.get(actor.userId) ?? 1) - 1
    if (left > 0) counts.set(actor.userId, left)
    else counts.delete(actor.userId)
  }
}
