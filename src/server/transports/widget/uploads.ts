import type { IncomingMessage, ServerResponse } from 'node:http'
import { MAX_FILE_BYTES } from '../../contract/limits.ts'
import type { Ctx, VisitorCtx } from '../../core/context.ts'
import { DomainError, isDomainError } from '../../core/errors.ts'
import { uploadAsVisitor } from '../../core/visitors/upload.ts'
import { ERROR_TABLE } from '../errors.ts'
import { isSameOrigin } from '../origin.ts'

/** Uploads of visitors under way on this node. */
const MAX_AT_ONCE = 40
const MAX_NAME = 1_000

interface Deps {
  ctx: Ctx
  publicUrl: string
  addressOf(req: IncomingMessage): string
}

/** Takes a visitor's file from our own frame; who they are says the token of their socket. */
export function createVisitorUploads({ ctx, publicUrl, addressOf }: Deps) {
  let underWay = 0
  const take = async (req: IncomingMessage, url: URL) => {
    const visitor = await requireVisitor({ ctx, publicUrl, addressOf }, req)
    if (Number(req.headers['content-length'] ?? 0) > MAX_FILE_BYTES)
      throw new DomainError('too_large', 'The file is too large')
    if (underWay >= MAX_AT_ONCE) throw new DomainError('rate_limited', 'Too many files at once')
    underWay++
    try {
      const name = url.searchParams.get('name')?.slice(0, MAX_NAME) ?? null
      return await uploadAsVisitor(visitor, { name, bytes: piecesOf(req) })
    } finally {
      underWay--
    }
  }
  return async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> => {
    try {
      const { id, name, kind } = await take(req, url)
      answer(res, 201, { id, name, kind })
    } catch (error) {
      if (req.destroyed && !req.complete) return
      if (!isDomainError(error)) ctx.log.error({ err: error }, 'A visitor’s file could not be taken')
      const code = isDomainError(error) ? error.code : 'internal'
      // The rest of the body is not read, so that the connection cannot carry another request.
      res.setHeader('connection', 'close')
      answer(res, ERROR_TABLE[code].http, {
        error: code === 'internal' ? 'Internal error' : String(messageOf(error)),
        code,
      })
    }
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : '')

async function requireVisitor(
  { ctx, publicUrl, addressOf }: Deps,
  req: IncomingMessage,
): Promise<VisitorCtx> {
  if (!isSameOrigin(req, publicUrl)) throw new DomainError('forbidden', 'Cross-origin request refused')
  const [, token = ''] = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '') ?? []
  const claims = await ctx.visitorTokens.verify(token, ctx.clock.now())
  if (typeof claims === 'string') throw new DomainError('unauthenticated', `This token is ${claims}`)
  const { workspaceId, channelId, sourceId, name, email } = claims
  return {
    ...ctx,
    actor: { kind: 'visitor', workspaceId, channelId, sourceId, name, email, address: addressOf(req) },
  }
}

async function* piecesOf(req: IncomingMessage): AsyncIterable<Uint8Array> {
  // The iterator must leave the socket open, or a refusal could not be answered.
  yield* req.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
}

function answer(res: ServerResponse, status: number, body: object) {
  res
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}
