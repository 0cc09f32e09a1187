import { badRequest } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'
import { openableChat, requireUnblocked } from './chat-access.ts'
import { finishText, readInputText } from './input-text.ts'
import { findPlace, post } from './post-message.ts'

const CHAT_ACTIONS = new Set(
  'typing upload_photo record_video upload_video record_voice upload_voice record_audio upload_audio upload_document choose_sticker find_location record_video_note upload_video_note'.split(
    ' ',
  ),
)

export const sendMessage: Method = { name: 'sendMessage', flooded: true, run: send }
export const sendChatAction: Method = { name: 'sendChatAction', flooded: true, run: showAction }

function send(call: Call): Answer {
  const input = readInputText(call.params)
  const place = findPlace(call)
  const words = finishText(input)
  return { result: post(call, place, () => ({ kind: 'text', ...words })) }
}

function showAction(call: Call): Answer {
  const chat = openableChat(call)
  const action = call.params.text('action').toLowerCase()
  if (!CHAT_ACTIONS.has(action)) throw badRequest('wrong parameter action in request')
  requireUnblocked(chat)
  chat.events.signal({ type: 'chat_action', action })
  return { result: true }
}
