import { DomainError } from '../../core/errors.ts'
import type { StoredChannel } from '../../core/ports/channels.ts'
import type { Platform } from '../../core/ports/platform.ts'
import { isSameSecret } from '../is-same-secret.ts'
import {
  callTelegram,
  type TelegramAnswer,
  type TelegramBody,
  type TelegramTarget,
  uploadToTelegram,
} from './client.ts'
import { examine, readWebhook } from './examine.ts'
import { createFloods } from './floods.ts'
import { openMedia } from './media.ts'
import { describe, isPassing, UNREACHABLE } from './outcome.ts'
import { ALLOWED_UPDATES, parseUpdate } from './parse.ts'
import { pollUpdates } from './poll.ts'
import { type CallMethod, handOver } from './send.ts'

const SECRET_HEADER = 'x-telegram-bot-api-secret-token'
/** A person waits for the answers to what is not a message. */
const SETUP_TIMEOUT_MS = 10_000
/**
 * Longest that a file may be on its way; what is not through by then was not taken. It is less than the core waits for an
 * answer, which could not tell that from an answer that was lost.
 */
const UPLOAD_TIMEOUT_MS = 40_000
/** For what is over by itself soon. */
const BRIEF_TIMEOUT_MS = 5_000

/** Telegram's Bot API at `apiRoot`, or at the channel's own root where it has one. */
export const createTelegram = ({ apiRoot }: { apiRoot: string }): Platform => {
  const targetOf = (channel: StoredChannel, timeoutMs?: number): TelegramTarget => ({
    root: channel.apiRoot ?? apiRoot,
    token: channel.credentials.token,
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
  const setUp = (channel: StoredChannel, method: string, params: object) =>
    callTelegram(targetOf(channel, SETUP_TIMEOUT_MS), method, params)
  const callFor =
    (channel: StoredChannel): CallMethod =>
    (method, params, file) =>
      file
        ? uploadToTelegram(targetOf(channel, UPLOAD_TIMEOUT_MS), method, { params, file })
        : callTelegram(targetOf(channel), method, params)
  const floods = createFloods()
  return {
    identify: (token, ownRoot) => identify(ownRoot ?? apiRoot, token),
    setWebhook: async (channel, url) => {
      const secret_token = channel.credentials.webhookSecret
      const params = { url, secret_token, allowed_updates: ALLOWED_UPDATES }
      accepted(await setUp(channel, 'setWebhook', params), 'the webhook')
    },
    removeWebhook: async (channel) => {
      accepted(await setUp(channel, 'deleteWebhook', {}), 'to remove the webhook')
    },
    webhookState: async (channel) =>
      readWebhook(accepted(await setUp(channel, 'getWebhookInfo', {}), 'to tell of the webhook')),
    examine: (channel) => examine(targetOf(channel)),
    verify: (channel, headers) => isSame(headers[SECRET_HEADER], channel?.credentials.webhookSecret ?? ''),
    open: (raw) => [{ account: null, raw }],
    parse: parseUpdate,
    send: async (channel, outgoing) =>
      floods(channel.id, outgoing.recipient, await handOver(callFor(channel), outgoing)),
    acknowledge: async (channel, callback_query_id) => {
      await callTelegram(targetOf(channel, BRIEF_TIMEOUT_MS), 'answerCallbackQuery', { callback_query_id })
    },
    typing: async (channel, recipient) => {
      const params = { chat_id: recipient, action: 'typing' }
      await callTelegram(targetOf(channel, BRIEF_TIMEOUT_MS), 'sendChatAction', params)
    },
    media: (channel, ref, maxBytes) => openMedia(targetOf(channel), ref, maxBytes),
    poll: (channel, next, signal) => pollUpdates(targetOf(channel), next, signal),
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

function isSame(given: string | string[] | undefined, secret: string): boolean {
  // An empty secret would let everybody in.
  if (typeof given !== 'string' || secret === '') return false
  return isSameSecret(given, secret)
}
