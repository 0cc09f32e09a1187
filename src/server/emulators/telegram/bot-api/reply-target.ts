import type { Chat } from '../world/chat.ts'
import { badRequest } from './bot-api-error.ts'
import type { Params } from './params.ts'

const NO_REPLY = { replyTo: null, quote: null }

type Asked = { messageId: number; optional: boolean; quote: string | null }

/** What `reply_parameters` (or its older form) names, or nothing for no reply. */
export function readReply(params: Params, chat: Chat): { replyTo: number | null; quote: string | null } {
  const { messageId, optional, quote } = readAsked(params)
  if (messageId === 0) return NO_REPLY
  const original = chat.find(messageId)
  if (original === null && optional) return NO_REPLY
  if (original === null) throw badRequest('message to be replied not found')
  if (quote !== null && !original.text.includes(quote)) throw badRequest('QUOTE_TEXT_INVALID')
  return { replyTo: messageId, quote }
}

function readAsked(params: Params): Asked {
  const value = params.json('reply_parameters')
  if (value === undefined) return readOlderForm(params)
  if (value instanceof Error) throw badRequest("can't parse reply parameters JSON object")
  if (typeof value !== 'object' || value === null) throw badRequest('object expected as reply parameters')
  const { message_id, allow_sending_without_reply, quote } = value as Record<string, unknown>
  const messageId = Number(message_id ?? 0)
  if (!Number.isInteger(messageId)) throw badRequest('field "message_id" must be of type Number')
  const isQuote = typeof quote === 'string' && quote !== ''
  return { messageId, optional: allow_sending_without_reply === true, quote: isQuote ? quote : null }
}

function readOlderForm(params: Params): Asked {
  const messageId = params.id('reply_to_message_id')
  return { messageId, optional: params.flag('allow_sending_without_reply'), quote: null }
}

/** Keyboards are taken and not shown; what cannot be read is refused. */
export function checkReplyMarkup(params: Params): void {
  const value = params.json('reply_markup')
  if (value instanceof Error) throw badRequest("can't parse reply keyboard markup JSON object")
  if (value !== undefined && (typeof value !== 'object' || value === null)) {
    throw badRequest('object expected as reply markup')
  }
}
