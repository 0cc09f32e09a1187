import type { ChatMemberUpdated, MessageReactionUpdated, ReactionTypeEmoji } from '@grammyjs/types'
import { BotApiError } from '../bot-api/bot-api-error.ts'
import { finishText } from '../bot-api/input-text.ts'
import { botAsUser, privateChat, telegramMessage, userOf } from '../bot-api/to-telegram.ts'
import { unixSeconds } from '../clock.ts'
import { ControlError, invalidInput, notFound } from '../control/control-error.ts'
import type { FormattedText } from '../text/formatted-text.ts'
import type { Bot } from './bot.ts'
import type { Chat, StoredMessage } from './chat.ts'

/** A customer acting on their phone at `nowMs`; each verb answers the id of the update that it caused, if any. */
export type Acting = { bot: Bot; chat: Chat; nowMs: number }
type Told<Result> = Result & { updateId: number | null }

export function writeMessage(
  { bot, chat, nowMs }: Acting,
  input: { text: string; replyTo: number | null },
): Told<{ message: StoredMessage }> {
  requireOpen(chat)
  bot.updates.queue.requireRoom()
  if (input.replyTo !== null && chat.find(input.replyTo) === null) throw notFound('message to reply to')
  const message: StoredMessage = {
    ...typed(input.text),
    id: bot.takeMessageId(),
    from: 'user',
    dateMs: nowMs,
    replyTo: input.replyTo,
    editDateMs: null,
    reactions: [],
  }
  chat.add(message)
  const updateId = bot.updates.emit('message', `${chat.id}`, telegramMessage(bot, chat, message))
  return { message, updateId }
}

export function editMessage(
  { bot, chat, nowMs }: Acting,
  input: { messageId: number; text: string },
): Told<{ message: StoredMessage }> {
  requireOpen(chat)
  bot.updates.queue.requireRoom()
  const message = requireMessage(chat, input.messageId)
  if (message.from !== 'user') throw new ControlError(409, 'conflict', 'only own messages can be edited')
  chat.edit(message, { ...typed(input.text), editDateMs: nowMs })
  const updateId = bot.updates.emit('edited_message', `${chat.id}`, telegramMessage(bot, chat, message))
  return { message, updateId }
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
  chat.react(message, input.emoji)
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

/** Telegram cleans and limits what people type as it does with what bots send. */
function typed(text: string): FormattedText {
  try {
    return finishText({ text, entities: [] })
  } catch (error) {
    throw error instanceof BotApiError ? invalidInput(error.message) : error
  }
}

/** Which emoji may be used is Telegram's list of the day; here every one may. */
function asReaction(emoji: string): ReactionTypeEmoji {
  return { type: 'emoji', emoji: emoji as ReactionTypeEmoji['emoji'] }
}
