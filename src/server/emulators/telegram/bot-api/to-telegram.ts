import type { Message, MessageEntity, Chat as TelegramChat, TextQuote, User } from '@grammyjs/types'
import type { UserAccount } from '../control-types.ts'
import type { TextEntity } from '../message-types.ts'
import { unixSeconds } from '../unix-seconds.ts'
import type { Bot } from '../world/bot.ts'
import type { Chat } from '../world/chat.ts'
import type { StoredMessage } from '../world/stored-message.ts'
import { mediaFields } from './media-fields.ts'

type Words = Pick<Partial<Message>, 'text' | 'entities' | 'caption' | 'caption_entities'>
export type TelegramMessage = Message & { chat: TelegramChat.PrivateChat; from: User }

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
  return {
    ...told,
    reply_to_message: { ...withoutReply(bot, chat, repliedTo), reply_to_message: undefined },
    ...quoteOf(message, repliedTo),
  }
}

function withoutReply(bot: Bot, chat: Chat, message: StoredMessage): TelegramMessage {
  const { editDateMs, media, albumId } = message
  const head = {
    message_id: message.id,
    from: message.from === 'bot' ? botAsUser(bot) : userOf(chat.user),
    chat: privateChat(chat.user),
    date: unixSeconds(message.dateMs),
  }
  return {
    ...(media === null ? {} : mediaFields(bot, media)),
    ...head,
    ...(editDateMs === null ? {} : { edit_date: unixSeconds(editDateMs) }),
    ...present('media_group_id', albumId),
    ...wordsOf(message),
    ...message.fields,
  }
}

function wordsOf({ kind, media, text, entities }: StoredMessage): Words {
  const marks = entities.length === 0 ? null : asMessageEntities(entities)
  if (kind === 'text') return { text, ...(marks === null ? {} : { entities: marks }) }
  if (media === null || text === '') return {}
  return { caption: text, ...(marks === null ? {} : { caption_entities: marks }) }
}

function quoteOf({ quote }: StoredMessage, repliedTo: StoredMessage): { quote?: TextQuote } {
  if (quote === null) return {}
  return { quote: { text: quote, position: Math.max(0, repliedTo.text.indexOf(quote)), is_manual: true } }
}

/** Our entities carry exactly the fields that Telegram gives to their type: the parsers here make no others. */
function asMessageEntities(entities: TextEntity[]): MessageEntity[] {
  return entities as MessageEntity[]
}

function present<Name extends string>(name: Name, value: string | null): { [key in Name]?: string } {
  return value === null ? {} : ({ [name]: value } as { [key in Name]?: string })
}
