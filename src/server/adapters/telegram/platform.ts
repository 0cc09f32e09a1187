import { createHash, timingSafeEqual } from 'node:crypto'
import { DomainError } from '../../core/errors.ts'
import type { StoredChannel } from '../../core/ports/channels.ts'
import type { Platform, SendOutcome } from '../../core/ports/platform.ts'
import { callTelegram, type TelegramAnswer, type TelegramBody } from './client.ts'
import { ALLOWED_UPDATES, parseUpdate } from './parse.ts'

export const SECRET_HEADER = 'x-telegram-bot-api-secret-token'
const UNREACHABLE = 'Telegram cannot be reached'
/** A person waits for the answers to what is not a message. */
const SETUP_TIMEOUT_MS = 10_000

/** Telegram's Bot API at `apiRoot`, or at the channel's own root where it has one. */
export const createTelegram = ({ apiRoot }: { apiRoot: string }): Platform => {
  const call = (channel: StoredChannel, method: string, params: object, timeoutMs?: number) =>
    callTelegram(
      { root: channel.apiRoot ?? apiRoot, token: channel.credentials.token, timeoutMs },
      method,
      params,
    )
  return {
    identify: (token, ownRoot) => identify(ownRoot ?? apiRoot, token),
    setWebhook: async (channel, url) => {
      const params = {
        url,
        secret_token: channel.credentials.webhookSecret,
        allowed_updates: ALLOWED_UPDATES,
      }
      accepted(await call(channel, 'setWebhook', params, SETUP_TIMEOUT_MS), 'the webhook')
    },
    removeWebhook: async (channel) => {
      accepted(await call(channel, 'deleteWebhook', {}, SETUP_TIMEOUT_MS), 'to remove the webhook')
    },
    verify: (channel, headers) => isSame(headers[SECRET_HEADER], channel?.credentials.webhookSecret ?? ''),
    open: (raw) => [{ account: null, raw }],
    parse: parseUpdate,
    send: async (channel, outgoing) =>
      outgoing.op === 'send'
        ? outcomeOf(
            await call(channel, 'sendMessage', { chat_id: outgoing.recipient, text: outgoing.content }),
          )
        : { outcome: 'failed', error: 'Telegram service not available' },
  }
}

async function identify(root: string, token: string) {
  const target = { root, token, timeoutMs: SETUP_TIMEOUT_MS }
  const bot = accepted(await callTelegram(target, 'getMe', {}), 'this token').result
  if (!isBot(bot)) throw new DomainError('unavailable', 'Telegram did not say which bot this is')
  return { externalId: String(bot.id), name: bot.first_name, username: bot.username }
}

const isBot = (value: unknown): value is { id: number; first_name: string; username: string } => {
  const bot = value as { id?: unknown; first_name?: unknown; username?: unknown } | null | undefined
  return typeof bot?.id === 'number' && typeof bot.first_name === 'string' && typeof bot.username === 'string'
}

function accepted(answer: TelegramAnswer, what: string): TelegramBody {
  if (answer.kind !== 'answered') throw new DomainError('unavailable', UNREACHABLE)
  if (answer.body.ok) return answer.body
  const sentence = `Telegram refused ${what}: ${describe(answer.body)}`
  throw new DomainError(isPassing(answer.status) ? 'unavailable' : 'invalid_input', sentence)
}

/** What an answer to sendMessage means for the delivery. */
export function outcomeOf(answer: TelegramAnswer): SendOutcome {
  if (answer.kind === 'unreachable') return { outcome: 'retry', error: UNREACHABLE, retryAfterMs: null }
  if (answer.kind === 'lost') return { outcome: 'unconfirmed', error: 'Request timeout' }
  const { status, body, retryAfterMs } = answer
  if (body.ok) return sent(body)
  const error = describe(body)
  if (isPassing(status)) return { outcome: 'retry', error, retryAfterMs }
  return status === 401 || status === 404 ? { outcome: 'stopped', error } : { outcome: 'failed', error }
}

function sent(body: TelegramBody): SendOutcome {
  const message = body.result as { message_id?: unknown; chat?: { id?: unknown } } | undefined
  const messageId = message?.message_id
  const chatId = message?.chat?.id
  if (typeof messageId !== 'number' || chatId === undefined) {
    return { outcome: 'unconfirmed', error: 'Unknown error' }
  }
  const result = { success: true, message_id: messageId, data: body }
  return { outcome: 'sent', providerId: `${chatId}:${messageId}`, result }
}

const isPassing = (status: number): boolean => status === 429 || status >= 500

const describe = (body: TelegramBody): string =>
  typeof body.description === 'string' && body.description !== '' ? body.description : 'Unknown error'

function isSame(given: string | string[] | undefined, secret: string): boolean {
  // An empty secret would let everybody in.
  if (typeof given !== 'string' || secret === '') return false
  return timingSafeEqual(digest(given), digest(secret))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
