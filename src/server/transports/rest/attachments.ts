import { Attachment } from '../../contract/attachment.ts'
import { RestError } from '../../contract/rest.ts'
import { isDomainError } from '../../core/errors.ts'
import { ERROR_TABLE } from '../errors.ts'
import { HANG_UP, takeUploadBody } from '../upload-body.ts'
import { type Answer, type MemberExchange, Refusal } from './exchange.ts'
import type { Route } from './route.ts'

/** `message/…/attachments/`: files that are to be sent. */
export const attachmentRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/v1/message/conversation/{conversation_id}/attachments/',
    scopes: ['messages'],
    takesFile: true,
    doc: {
      summary: 'Upload a file that is to be sent in a conversation: the body is the file',
      tag: 'messages',
      query: { name: 'What the file is called' },
      answers: { 201: Attachment, 400: RestError, 404: RestError, 409: RestError, 413: RestError },
    },
    run: upload,
  },
]

async function upload({ ctx, req, params, query }: MemberExchange): Promise<Answer> {
  try {
    const asked = { conversationId: params[0] ?? '', query }
    return { status: 201, body: await takeUploadBody(ctx, req, asked) }
  } catch (error) {
    // Whatever is refused, the rest of its body is not read.
    if (!isDomainError(error) || error.code === 'rate_limited' || error.code === 'unavailable') throw error
    const body = { error: error.message, error_code: error.code.toUpperCase() }
    throw new Refusal({ status: ERROR_TABLE[error.code].http, body, headers: HANG_UP })
  }
}
