import { NOT_MODIFIED } from '../known-errors.ts'
import type { FormattedText } from '../text/formatted-text.ts'
import type { Chat } from '../world/chat.ts'
import type { StoredMessage } from '../world/stored-message.ts'
import { badRequest } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'
import { openableChat, requireUnblocked } from './chat-access.ts'
import { finishCaption, finishText, readCaption, readInputText } from './input-text.ts'
import { requireMessageId } from './message-id.ts'
import { checkReplyMarkup } from './reply-target.ts'
import { telegramMessage } from './to-telegram.ts'

const CAPTIONED: ReadonlySet<string> = new Set(['photo', 'voice', 'audio', 'video', 'animation', 'document'])

export const editMessageText: Method = { name: 'editMessageText', flooded: true, run: editText }
export const editMessageCaption: Method = { name: 'editMessageCaption', flooded: true, run: editCaption }

function editText(call: Call): Answer {
  const input = readInputText(call.params)
  const { chat, message } = findEditable(call)
  if (message.kind !== 'text') throw badRequest('there is no text in the message to edit')
  return change(call, { chat, message }, finishText(input))
}

function editCaption(call: Call): Answer {
  const input = readCaption(call.params)
  const { chat, message } = findEditable(call)
  if (!CAPTIONED.has(message.kind)) throw badRequest('there is no caption in the message to edit')
  return change(call, { chat, message }, finishCaption(input))
}

function findEditable(call: Call): { chat: Chat; message: StoredMessage } {
  checkReplyMarkup(call.params)
  requireMessageId(call)
  const chat = openableChat(call)
  const message = chat.find(call.params.id('message_id'))
  if (message === null) throw badRequest('message to edit not found')
  if (message.from !== 'bot') throw badRequest("message can't be edited")
  return { chat, message }
}

function change(
  { world, bot }: Call,
  { chat, message }: { chat: Chat; message: StoredMessage },
  { text, entities }: FormattedText,
): Answer {
  requireUnblocked(chat)
  const same = text === message.text && JSON.stringify(entities) === JSON.stringify(message.entities)
  if (same) throw badRequest(NOT_MODIFIED)
  chat.edit(message, { text, entities, editDateMs: world.surroundings.clock.now() })
  return { result: telegramMessage(bot, chat, message) }
}
