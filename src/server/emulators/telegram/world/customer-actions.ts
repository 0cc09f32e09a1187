import type {
  ChatMemberUpdated,
  MessageReactionUpdated,
  ReactionType,
  ReactionTypeEmoji,
} from '@grammyjs/types'
import { ControlError, invalidInput, notFound } from '../../control-error.ts'
import { botAsUser, privateChat, telegramMessage, userOf } from '../bot-api/to-telegram.ts'
import { unixSeconds } from '../unix-seconds.ts'
import { ALBUM_KINDS, MAX_ALBUM, newAlbumId } from './album.ts'
import type { Bot } from './bot.ts'
import type { Chat } from './chat.ts'
import { typed, typedCaption } from './customer-content.ts'
import { type Draft, newMessage, type StoredMessage } from './stored-message.ts'

const CUSTOM = 'custom:'

/** A customer acting on their phone at `nowMs`; each verb answers the id of the update that it caused, if any. */
export type Acting = { bot: Bot; chat: Chat; nowMs: number }
type Told<Result> = Result & { updateId: number | null }

export function writeMessage({ bot, chat, nowMs }: Acting, draft: Draft): Told<{ message: StoredMessage }> {
  requireOpen(chat)
  bot.updates.queue.requireRoom()
  checkReply(chat, draft)
  const message = newMessage(draft, { id: bot.takeMessageId(), from: 'user', dateMs: nowMs })
  chat.add(message)
  const updateId = bot.updates.emit('message', `${chat.id}`, telegramMessage(bot, chat, message))
  return { message, updateId }
}

/** One message and one update each, tied together by the album's id. */
export function writeAlbum(acting: Acting, drafts: Draft[]): Array<Told<{ message: StoredMessage }>> {
  requireAlbum(drafts)
  const albumId = newAlbumId()
  return drafts.map((draft) => writeMessage(acting, { ...draft, albumId }))
}

export function editMessage(
  { bot, chat, nowMs }: Acting,
  input: { messageId: number; text: string },
): Told<{ message: StoredMessage }> {
  requireOpen(chat)
  bot.updates.queue.requireRoom()
  const message = requireOwn(chat, input.messageId)
  const words = message.media === null ? typed(input.text) : typedCaption(input.text)
  chat.edit(message, { ...words, editDateMs: nowMs })
  const updateId = bot.updates.emit('edited_message', `${chat.id}`, telegramMessage(bot, chat, message))
  return { message, updateId }
}

/** On the phone of the user and in the chat; the bot learns nothing. */
export function deleteOwnMessage({ chat }: Acting, messageId: number): void {
  chat.remove(requireOwn(chat, messageId).id)
}

export function reactToMessage(
  { bot, chat, nowMs }: Acting,
  input: { messageId: number; emoji: string[] },
): Told<{ message: StoredMessage }> {
  requireOpen(chat)
  bot.updates.queue.requireRoom()
  const message = requireMessage(chat, input.messageId)
  const update: MessageReactionUpdated = {
    chat: privateChat(chat.user),
    message_id: message.id,
    user: userOf(chat.user),
    date: unixSeconds(nowMs),
    old_reaction: message.reactions.map(asReaction),
    new_reaction: input.emoji.map(asReaction),
  }
  chat.react(message, { reactions: [...input.emoji] })
  // Telegram queues these apart from messages: a reaction may overtake the message that it is about.
  return { message, updateId: bot.updates.emit('message_reaction', `${chat.id}/reaction`, update) }
}

export function blockBot({ bot, chat, nowMs }: Acting, blocked: boolean): Told<{ chat: Chat }> {
  if (chat.blocked === blocked) return { chat, updateId: null }
  bot.updates.queue.requireRoom()
  const user = botAsUser(bot)
  const member = { user, status: 'member' } as const
  const kicked = { user, status: 'kicked', until_date: 0 } as const
  const update: ChatMemberUpdated = {
    chat: privateChat(chat.user),
    from: userOf(chat.user),
    date: unixSeconds(nowMs),
    old_chat_member: blocked ? member : kicked,
    new_chat_member: blocked ? kicked : member,
  }
  chat.setBlocked(blocked)
  return { chat, updateId: bot.updates.emit('my_chat_member', `${chat.id}/member`, update) }
}

function requireOpen(chat: Chat): void {
  if (chat.user.deactivated) throw new ControlError(409, 'conflict', 'this user is deactivated')
  if (chat.blocked) throw new ControlError(409, 'conflict', 'this user has blocked the bot')
}

function requireMessage(chat: Chat, messageId: number): StoredMessage {
  const message = chat.find(messageId)
  if (message === null) throw notFound('message')
  return message
}

function requireOwn(chat: Chat, messageId: number): StoredMessage {
  const message = requireMessage(chat, messageId)
  if (message.from !== 'user') throw new ControlError(409, 'conflict', 'this is not the message of the user')
  return message
}

function requireAlbum(drafts: Draft[]): void {
  const { length } = drafts
  if (length < 2 || length > MAX_ALBUM) throw invalidInput(`an album has from 2 to ${MAX_ALBUM} files`)
  if (drafts.some(({ kind }) => !ALBUM_KINDS.has(kind))) {
    throw invalidInput('an album has photos, videos, documents and audio only')
  }
}

function checkReply(chat: Chat, { replyTo = null, quote = null }: Draft): void {
  if (replyTo === null) return
  const original = chat.find(replyTo)
  if (original === null) throw notFound('message to reply to')
  if (quote !== null && !original.text.includes(quote)) throw invalidInput('quote must be a part of the text')
}

/** Which emoji may be used is Telegram's list of the day; here every one may. */
function asReaction(emoji: string): ReactionType {
  if (emoji.startsWith(CUSTOM)) return { type: 'custom_emoji', custom_emoji_id: emoji.slice(CUSTOM.length) }
  return { type: 'emoji', emoji: emoji as ReactionTypeEmoji['emoji'] }
}
