import { storable } from '../../contract/characters.ts'
import { MAX_REACTIONS } from '../../contract/message.ts'
import { DomainError } from '../../core/errors.ts'
import type { ParsedEvent } from '../../core/ports/platform.ts'
import { type Fields, fields, parseJson, textOf } from '../foreign.ts'
import { instantOf, listOf } from './fields.ts'
import { parseEdit, parseMessage, readHead, whoOf } from './message.ts'

/** What is asked for of Telegram; everything else is stored all the same where it comes. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'message_reaction',
  'my_chat_member',
  'callback_query',
] as const

const READERS: Record<(typeof ALLOWED_UPDATES)[number], (what: Fields, key: string) => ParsedEvent> = {
  message: parseMessage,
  edited_message: parseEdit,
  message_reaction: parseReaction,
  my_chat_member: parseReach,
  callback_query: parseChoice,
}

/** Understands an update of Telegram's. Throws invalid_input where it is not one. */
export function parseUpdate(rawBody: string): ParsedEvent {
  const update = fields(parseJson(rawBody))
  const updateId = update?.update_id
  if (!update || !Number.isSafeInteger(updateId))
    throw new DomainError('invalid_input', 'This is not an update of Telegram')
  const key = `update:${updateId}`
  for (const kind of ALLOWED_UPDATES) {
    const what = fields(update[kind])
    if (what) return READERS[kind](what, key)
  }
  return { kind: 'ignored', key, reason: kindOf(update) }
}

/** Shown in the place of an emoji that only Telegram can draw. */
const CUSTOM_EMOJI = '⭐'

function parseReaction(reaction: Fields, key: string): ParsedEvent {
  const read = readHead(reaction, reaction.user ?? reaction.chat)
  if ('reason' in read) return { kind: 'ignored', key, reason: read.reason }
  const emojis = listOf(reaction.new_reaction).map(({ emoji }) => textOf(emoji)?.slice(0, 64) ?? CUSTOM_EMOJI)
  const at = instantOf(reaction.date)
  return {
    kind: 'reaction',
    key,
    sourceId: read.who.sourceId,
    providerId: `${read.chatId}:${read.messageId}`,
    emojis: [...new Set(emojis)].slice(0, MAX_REACTIONS),
    ...(at && { at }),
  }
}

/** A customer blocked the bot, or let it back. */
function parseReach(change: Fields, key: string): ParsedEvent {
  const chat = fields(change.chat)
  if (chat?.type !== 'private') return { kind: 'ignored', key, reason: 'not a private chat' }
  const status = fields(change.new_chat_member)?.status
  const { sourceId } = whoOf(chat)
  if (status === 'kicked') return { kind: 'reach', key, sourceId, reason: 'blocked' }
  if (status === 'member') return { kind: 'reach', key, sourceId, reason: null }
  return { kind: 'ignored', key, reason: 'my_chat_member' }
}

/** A customer pressed a button below a message: what stands on it is what they say. It spins until we say that it arrived. */
function parseChoice(choice: Fields, key: string): ParsedEvent {
  const message = fields(choice.message)
  if (!message) return { kind: 'ignored', key, reason: 'callback_query' }
  const read = readHead(message, choice.from)
  if ('reason' in read) return { kind: 'ignored', key, reason: read.reason }
  const receipt = textOf(choice.id)
  const replyTo = { providerId: `${read.chatId}:${read.messageId}`, quoted: null, isOwn: true }
  return {
    kind: 'message',
    message: {
      key,
      providerId: `${read.chatId}:choice:${receipt ?? key}`,
      ...read.who,
      ...saidBy(choice, message),
      kind: 'text',
      replyTo,
      ...(receipt && { receipt }),
    },
  }
}

function saidBy(choice: Fields, message: Fields) {
  const content = labelOf(message, choice.data) ?? textOf(choice.data)
  return content
    ? { content }
    : { content: textOf(choice.game_short_name) ?? 'Button', extras: { placeholder: 'callback_query' } }
}

function labelOf(message: Fields, data: unknown): string | null {
  const rows = fields(message.reply_markup)?.inline_keyboard
  const buttons = Array.isArray(rows) ? rows.flatMap(listOf) : []
  return textOf(buttons.find(({ callback_data }) => callback_data === data)?.text)
}

const kindOf = (update: Fields): string =>
  storable(Object.keys(update).find((name) => name !== 'update_id') ?? 'empty').slice(0, 64)
