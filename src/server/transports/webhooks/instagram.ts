import type { IncomingMessage, ServerResponse } from 'node:http'
import { MAX_BODY_BYTES } from '../../contract/limits.ts'
import type { Ctx } from '../../core/context.ts'
import { isDomainError } from '../../core/errors.ts'
import { answerChallenge } from '../../core/inbound/answer-challenge.ts'
import type { Kick } from '../../core/inbound/receive.ts'
import { type ItemReceived, receiveBatch } from '../../core/inbound/receive-batch.ts'
import { readBytes } from '../read-bytes.ts'
import { type Answer, failure, RETRY_LATER, sendAnswer } from './answer.ts'

interface InstagramWebhookDeps {
  ctx: Ctx
  kick: Kick
  addressOf(req: IncomingMessage): string
}

/** Answers Instagram at `/api/v1/message/insta-webhook/`: one address for all accounts of this instance. */
export const createInstagramWebhook =
  (deps: InstagramWebhookDeps) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await answerTo(deps, request).catch((error) => refusal(deps, error))
    sendAnswer(response, answer)
  }

async function answerTo(deps: InstagramWebhookDeps, request: IncomingMessage): Promise<Answer> {
  if (request.method === 'GET') return verification(deps, request)
  if (request.method !== 'POST') {
    const body = { detail: `Method "${request.method}" not allowed.` }
    return { status: 405, body, headers: { allow: 'GET, POST' } }
  }
  const rawBody = await readBytes(request, MAX_BODY_BYTES)
  if (rawBody === null) return failure(413, 'The body is too long', 'TOO_LARGE', { connection: 'close' })
  const { headers } = request
  const asked = { source: 'instagram' as const, headers, rawBody, address: deps.addressOf(request) }
  return success(await receiveBatch(deps.ctx, asked, deps.kick))
}

// The word goes back alone and as text: in a page it would be anybody's script.
function verification({ ctx, addressOf }: InstagramWebhookDeps, request: IncomingMessage): Answer {
  const query = new URLSearchParams(request.url?.split('?').slice(1).join('?'))
  return {
    status: 200,
    body: answerChallenge(ctx, { source: 'instagram', query, address: addressOf(request) }),
  }
}

const ITEMS: Record<ItemReceived, object> = {
  stored: { status: 'success' },
  repeated: { status: 'success' },
  ignored: { status: 'ignored' },
  failed: { status: 'error', error_code: 'INVALID_EVENT' },
  unknown_account: { status: 'error', error_code: 'CHANNEL_NOT_FOUND' },
}

function success(received: ItemReceived[] | null): Answer {
  if (received === null)
    return { status: 200, body: { status: 'ignored', reason: 'Not an Instagram webhook' } }
  return {
    status: 200,
    body: {
      status: 'success',
      message: 'Instagram messages processed successfully',
      processed_count: received.length,
      data: received.map((one) => ITEMS[one]),
    },
  }
}

// Nothing that fails here may be answered as done: Instagram keeps the events and brings them again.
function refusal({ ctx }: InstagramWebhookDeps, error: unknown): Answer {
  const code = isDomainError(error) ? error.code : 'unavailable'
  const message = isDomainError(error) ? error.message : 'Service temporarily unavailable'
  if (code === 'unauthenticated') return failure(401, message, 'INVALID_SIGNATURE')
  if (code === 'forbidden') return failure(403, message, 'INVALID_VERIFICATION_TOKEN')
  if (code === 'invalid_input') return failure(400, message, 'INVALID_JSON')
  ctx.log.error({ err: error }, 'Events of Instagram could not be stored')
  return failure(503, message, 'SERVICE_UNAVAILABLE', RETRY_LATER)
}
