import type { IncomingMessage, ServerResponse } from 'node:http'
import { isUnstorable } from '../../contract/characters.ts'
import { MAX_BODY_BYTES } from '../../contract/limits.ts'
import type { Ctx } from '../../core/context.ts'
import { isDomainError } from '../../core/errors.ts'
import { type Kick, receive } from '../../core/inbound/receive.ts'
import { readBytes } from '../read-bytes.ts'
import { type Answer, failure, RETRY_LATER, sendAnswer } from './answer.ts'

interface TelegramWebhookDeps {
  ctx: Ctx
  kick: Kick
  addressOf?(req: IncomingMessage): string
}

const PATH = /^\/api\/v1\/message\/webhook\/([^/]{1,64})\/?$/

/** Answers Telegram's POSTs to `/api/v1/message/webhook/{bot_username}/`. */
export const createTelegramWebhook =
  (deps: TelegramWebhookDeps) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await answerTo(deps, request).catch((error) => refusal(deps, error))
    sendAnswer(response, answer)
  }

async function answerTo(deps: TelegramWebhookDeps, request: IncomingMessage): Promise<Answer> {
  const username = usernameIn(request.url ?? '/')
  if (username === null) return { status: 404, body: { detail: 'Not found.' } }
  if (request.method !== 'POST') {
    const body = { detail: `Method "${request.method}" not allowed.` }
    return { status: 405, body, headers: { allow: 'POST' } }
  }
  const rawBody = await readBytes(request, MAX_BODY_BYTES)
  if (rawBody === null) {
    return failure(413, 'The body is too long', 'TOO_LARGE', { connection: 'close' })
  }
  const { headers } = request
  const address = deps.addressOf?.(request) ?? ''
  const asked = { source: 'telegram' as const, username, headers, rawBody, address }
  const received = await receive(deps.ctx, asked, deps.kick)
  if (received === 'ignored') {
    return { status: 200, body: { status: 'ignored', reason: 'Unsupported message type' } }
  }
  return { status: 200, body: { status: 'success', message: 'Message received and processed successfully' } }
}

function usernameIn(url: string): string | null {
  try {
    const name = PATH.exec(url.split('?', 1)[0] ?? '')?.[1]
    const decoded = name === undefined ? null : decodeURIComponent(name)
    return decoded === null || isUnstorable(decoded) ? null : decoded
  } catch {
    return null
  }
}

// Nothing that fails here may be answered as done: Telegram keeps the update and brings it again.
function refusal({ ctx }: TelegramWebhookDeps, error: unknown): Answer {
  const code = isDomainError(error) ? error.code : 'unavailable'
  const message = isDomainError(error) ? error.message : 'Service temporarily unavailable'
  if (code === 'not_found') return failure(404, message, 'CHANNEL_NOT_FOUND')
  if (code === 'unauthenticated') return failure(401, message, 'INVALID_SECRET_TOKEN')
  if (code === 'invalid_input') return failure(400, message, 'INVALID_TELEGRAM_DATA')
  ctx.log.error({ err: error }, 'A Telegram update could not be stored')
  return failure(503, message, 'SERVICE_UNAVAILABLE', RETRY_LATER)
}
