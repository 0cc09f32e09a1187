import type { Chat } from '../world/chat.ts'
import { newMessage } from '../world/stored-message.ts'
import { badRequest } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'
import { openableChat, requireUnblocked } from './chat-access.ts'
import { finishText, readInputText } from './input-text.ts'
import { checkReplyMarkup, readReplyTarget } from './reply-target.ts'
import { telegramMessage } from './to-telegram.ts'

const DELETABLE_MS = 48 * 60 * 60 * 1000
const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'
const CHAT_ACTIONS = new Set(
  'typing upload_photo record_video upload_video record_voice upload_voice record_audio upload_audio upload_document choose_sticker find_location record_video_note upload_video_note'.split(
    ' ',
  ),
)

export const sendMessage: Method = { name: 'sendMessage', flooded: true, run: send }
export const editMessageText: Method = { name: 'editMessageText', flooded: true, run: edit }
export const deleteMessage: Method = { name: 'deleteMessage', flooded: true, run: remove }
export const sendChatAction: Method = { name: 'sendChatAction', flooded: true, run: showAction }

function send(call: Call): Answer {
  const { world, bot, params } = call
  const input = readInputText(params)
  checkReplyMarkup(params)
  const chat = openableChat(call)
  const replyTo = readReplyTarget(params, chat)
  const { text, entities } = finishText(input)
  requireUnblocked(chat)
  const draft = { kind: 'text', text, entities, replyTo } as const
  const dateMs = world.surroundings.clock.now()
  const message = newMessage(draft, { id: bot.takeMessageId(), from: 'bot', dateMs })
  chat.add(message)
  return { result: telegramMessage(bot, chat, message) }
}

function edit(call: Call): Answer {
  const { world, bot, params } = call
  const input = readInputText(params)
  checkReplyMarkup(params)
  requireMessageId(call)
  const chat = openableChat(call)
  const message = chat.find(params.id('message_id'))
  if (message === null) throw badRequest('message to edit not found')
  if (message.from !== 'bot') throw badRequest("message can't be edited")
  const { text, entities } = finishText(input)
  requireUnblocked(chat)
  const same = text === message.text && JSON.stringify(entities) === JSON.stringify(message.entities)
  if (same) throw badRequest(NOT_MODIFIED)
  chat.edit(message, { text, entities, editDateMs: world.surroundings.clock.now() })
  return { result: telegramMessage(bot, chat, message) }
}

function remove(call: Call): Answer {
  requireMessageId(call)
  const chat = openableChat(call)
  const message = chat.find(call.params.id('message_id'))
  if (message === null) throw badRequest('message to delete not found')
  const age = call.world.surroundings.clock.now() - message.dateMs
  if (age >= DELETABLE_MS) throw badRequest("message can't be deleted")
  chat.remove(message.id)
  return { result: true }
}

function showAction(call: Call): Answer {
  const chat: Chat = openableChat(call)
  const action = call.params.text('action').toLowerCase()
  if (!CHAT_ACTIONS.has(action)) throw badRequest('wrong parameter action in request')
  requireUnblocked(chat)
  chat.events.signal({ type: 'chat_action', action })
  return { result: true }
}

function requireMessageId({ params }: Call): void {
  if (params.text('message_id') === '') throw badRequest('message identifier is not specified')
}
