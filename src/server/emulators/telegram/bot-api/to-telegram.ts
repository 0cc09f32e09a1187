import type { Message, MessageEntity, Chat as TelegramChat, User } from '@grammyjs/types'
import { unixSeconds } from '../clock.ts'
import type { TextEntity, UserAccount } from '../control-types.ts'
import type { Bot } from '../world/bot.ts'
import type { Chat, StoredMessage } from '../world/chat.ts'

export type TelegramMessage = Message.TextMessage & { chat: TelegramChat.PrivateChat; from: User }

export function userOf(account: UserAccount): User {
  return {
    id: account.id,
    is_bot: false,
    first_name: account.first_name,
    ...present('last_name', account.last_name),
    ...present('username', account.username),
    ...present('language_code', account.language_code),
  }
}

export function botAsUser(bot: Bot): User {
  return { id: bot.id, is_bot: true, first_name: bot.name, username: bot.username }
}

export function privateChat(account: UserAccount): TelegramChat.PrivateChat {
  return {
    id: account.id,
    first_name: account.first_name,
    ...present('last_name', account.last_name),
    ...present('username', account.username),
    type: 'private',
  }
}

/** A message as Telegram tells it: what it answers is told with it, one level deep. */
export function telegramMessage(bot: Bot, chat: Chat, message: StoredMessage): TelegramMessage {
  const repliedTo = message.replyTo === null ? null : chat.find(message.replyTo)
  const told = withoutReply(bot, chat, message)
  if (repliedTo === null) return told
  return { ...told, reply_to_message: { ...withoutReply(bot, chat, repliedTo), reply_to_message: undefined } }
}

function withoutReply(bot: Bot, chat: Chat, message: StoredMessage): TelegramMessage {
  const { editDateMs } = message
  return {
    message_id: message.id,
    from: message.from === 'bot' ? botAsUser(bot) : userOf(chat.user),
    chat: privateChat(chat.user),
    date: unixSeconds(message.dateMs),
    ...(editDateMs === null ? {} : { edit_date: unixSeconds(editDateMs) }),
    text: message.text,
    ...(message.entities.length === 0 ? {} : { entities: asMessageEntities(message.entities) }),
  }
}

/** Our entities carry exactly the fields that Telegram gives to their type: the parsers here make no others. */
function asMessageEntities(entities: TextEntity[]): MessageEntity[] {
  return entities as MessageEntity[]
}

function present<Name extends string>(name: Name, value: string | null): { [key in Name]?: string } {
  return value === null ? {} : ({ [name]: value } as { [key in Name]?: string })
}
