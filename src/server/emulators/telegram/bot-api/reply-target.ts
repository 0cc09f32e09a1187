import type { Chat } from '../world/chat.ts'
import { badRequest } from './bot-api-error.ts'
import type { Params } from './params.ts'

/** The message that `reply_parameters` (or its older form) names, or null for no reply. */
export function readReplyTarget(params: Params, chat: Chat): number | null {
  const { messageId, optional } = readAsked(params)
  if (messageId === 0) return null
  if (chat.find(messageId)) return messageId
  if (optional) return null
  throw badRequest('message to be replied not found')
}

function readAsked(params: Params): { messageId: number; optional: boolean } {
  const value = params.json('reply_parameters')
  if (value === undefined) {
    return {
      messageId: params.id('reply_to_message_id'),
      optional: params.flag('allow_sending_without_reply'),
    }
  }
  if (value instanceof Error) throw badRequest("can't parse reply parameters JSON object")
  if (typeof value !== 'object' || value === null) throw badRequest('object expected as reply parameters')
  const { message_id, allow_sending_without_reply } = value as Record<string, unknown>
  const messageId = Number(message_id ?? 0)
  if (!Number.isInteger(messageId)) throw badRequest('field "message_id" must be of type Number')
  return { messageId, optional: allow_sending_without_reply === true }
}

/** Keyboards are taken and not shown; what cannot be read is refused. */
export function checkReplyMarkup(params: Params): void {
  const value = params.json('reply_markup')
  if (value instanceof Error) throw badRequest("can't parse reply keyboard markup JSON object")
  if (value !== undefined && (typeof value !== 'object' || value === null)) {
    throw badRequest('object expected as reply markup')
  }
}
