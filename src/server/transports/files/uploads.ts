import type { IncomingMessage, ServerResponse } from 'node:http'
import { DomainError } from '../../core/errors.ts'
import { type ConsoleDeps, consoleMember } from '../console-member.ts'
import { decodePart } from '../decode-part.ts'
import { refuseAnswer } from '../refuse-answer.ts'
import { HANG_UP, takeUploadBody } from '../upload-body.ts'

const PATH = /^\/uploads\/([^/]+)\/?$/

/** Files from the console, which knows its person by a cookie; whoever changes is of our origin, as everywhere. */
export function createUploads(deps: ConsoleDeps) {
  return async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> => {
    try {
      const [, id] = PATH.exec(url.pathname) ?? []
      if (req.method !== 'POST' || !id) throw new DomainError('not_found', 'There is no such place')
      const ctx = await consoleMember(deps, req)
      const asked = { conversationId: decodePart(id), query: url.searchParams }
      const attachment = await takeUploadBody(ctx, req, asked)
      res
        .writeHead(201, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(attachment))
    } catch (error) {
      if (req.destroyed && !req.complete) return
      refuseAnswer(deps.base, res, error, HANG_UP)
    }
  }
}
