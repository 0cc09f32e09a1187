import type { Chat } from '../world/chat.ts'
import { badRequest, forbidden } from './bot-api-error.ts'
import type { Call } from './call.ts'

/** The chat that `chat_id` names, if the bot knows it. */
export function readableChat({ bot, params }: Call): Chat {
  const chatId = params.text('chat_id')
  if (chatId === '') throw badRequest('chat_id is empty')
  const chat = bot.findChat(params.id('chat_id'))
  if (chat === null) throw badRequest('chat not found')
  return chat
}

/** The same for writing: its user must still exist. */
export function openableChat(call: Call): Chat {
  const chat = readableChat(call)
  if (chat.user.deactivated) throw forbidden('user is deactivated')
  return chat
}

export function requireUnblocked(chat: Chat): void {
  if (chat.blocked) throw forbidden('bot was blocked by the user')
}
