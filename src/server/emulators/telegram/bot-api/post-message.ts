import type { Chat } from '../world/chat.ts'
import { type Draft, newMessage } from '../world/stored-message.ts'
import type { Call } from './call.ts'
import { openableChat, requireUnblocked } from './chat-access.ts'
import { checkReplyMarkup, readReply } from './reply-target.ts'
import { type TelegramMessage, telegramMessage } from './to-telegram.ts'

/** The chat that a message is for and what it answers there. */
export type Place = { chat: Chat; reply: Pick<Draft, 'replyTo' | 'quote'> }

export function findPlace(call: Call): Place {
  checkReplyMarkup(call.params)
  const chat = openableChat(call)
  return { chat, reply: readReply(call.params, chat) }
}

/** What `draft` makes is put into the chat only if the user still takes messages. */
export function post(call: Call, { chat, reply }: Place, draft: () => Draft): TelegramMessage {
  requireUnblocked(chat)
  return put(call, { chat, reply }, draft())
}

export function put({ world, bot }: Call, { chat, reply }: Place, draft: Draft): TelegramMessage {
  const dateMs = world.surroundings.clock.now()
  const message = newMessage({ ...draft, ...reply }, { id: bot.takeMessageId(), from: 'bot', dateMs })
  chat.add(message)
  return telegramMessage(bot, chat, message)
}
