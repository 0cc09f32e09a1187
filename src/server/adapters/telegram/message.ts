import { MAX_QUOTE, type MessageExtras } from '../../contract/message.ts'
import { DomainError } from '../../core/errors.ts'
import type { InboundText, ParsedEvent } from '../../core/ports/platform.ts'
import { type Fields, fields, textOf } from '../foreign.ts'
import { contentOf } from './content.ts'
import { instantOf, isId } from './fields.ts'

// Telegram tells the bot of these in the chat, but nobody wrote them.
const SERVICE_FIELDS = new Set(
  (
    'pinned_message message_auto_delete_timer_changed write_access_allowed chat_background_set users_shared chat_shared ' +
    'connected_website boost_added proximity_alert_triggered new_chat_members left_chat_member new_chat_title ' +
    'new_chat_photo delete_chat_photo group_chat_created supergroup_chat_created channel_chat_created migrate_to_chat_id ' +
    'migrate_from_chat_id forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened ' +
    'general_forum_topic_hidden general_forum_topic_unhidden video_chat_scheduled video_chat_started video_chat_ended ' +
    'video_chat_participants_invited giveaway_created managed_bot_created direct_message_price_changed ' +
    'paid_message_price_changed poll_option_added poll_option_deleted checklist_tasks_done checklist_tasks_added'
  ).split(' '),
)

type Who = Pick<InboundText, 'sourceId' | 'firstName' | 'lastName' | 'username'>

/** A message of a private chat: whose it is and what it says, or why it is passed over. */
export function parseMessage(message: Fields, key: string): ParsedEvent {
  const read = readHead(message, message.from)
  if ('reason' in read && read.reason === MALFORMED)
    throw new DomainError('invalid_input', 'The message lacks its chat, sender or id')
  if ('reason' in read) return { kind: 'ignored', key, reason: read.reason }
  if (Object.keys(message).some((field) => SERVICE_FIELDS.has(field)))
    return { kind: 'ignored', key, reason: 'service message' }
  const { extras, ...content } = contentOf(message)
  const all = { ...extras, ...extrasOf(message) }
  const replyTo = replyOf(message, read.chatId)
  return {
    kind: 'message',
    message: {
      key,
      ...read.who,
      providerId: `${read.chatId}:${read.messageId}`,
      ...content,
      ...(Object.keys(all).length > 0 && { extras: all }),
      ...(replyTo && { replyTo }),
    },
  }
}

/** A customer changed what they wrote. Telegram may tell of it where nothing that we show is different. */
export function parseEdit(message: Fields, key: string): ParsedEvent {
  const read = readHead(message, message.from)
  if ('reason' in read) return { kind: 'ignored', key, reason: read.reason }
  const at = instantOf(message.edit_date)
  const { sourceId } = read.who
  const providerId = `${read.chatId}:${read.messageId}`
  return { kind: 'edit', key, sourceId, providerId, content: contentOf(message).content, ...(at && { at }) }
}

type Head = { chatId: number; messageId: number; who: Who } | { reason: string }

const MALFORMED = 'malformed'

/** Which message of which private chat this is about. */
export function readHead(message: Fields, from: unknown): Head {
  const chat = fields(message.chat)
  if (chat?.type !== undefined && chat.type !== 'private') return { reason: 'not a private chat' }
  const person = fields(from)
  if (!isId(chat?.id) || !isId(person?.id) || !isId(message.message_id)) return { reason: MALFORMED }
  return { chatId: chat.id, messageId: message.message_id, who: whoOf(person) }
}

export const whoOf = (person: Fields): Who => ({
  sourceId: String(person.id),
  firstName: textOf(person.first_name),
  lastName: textOf(person.last_name),
  username: textOf(person.username),
})

function extrasOf(message: Fields): MessageExtras {
  const album = textOf(message.media_group_id)
  const quoted = textOf(fields(message.quote)?.text)
  // It answers something that was said in another chat: of that, only the quoted words are known.
  const isElsewhere = message.reply_to_message === undefined && message.external_reply !== undefined
  return {
    ...(album && { album: album.slice(0, 64) }),
    ...(isElsewhere && quoted && { quote: { messageId: null, isOwn: false, text: shorten(quoted) } }),
  }
}

function replyOf(message: Fields, chatId: number): InboundText['replyTo'] | null {
  const target = fields(message.reply_to_message)
  if (!target || !isId(target.message_id)) return null
  const quoted = textOf(fields(message.quote)?.text) ?? textOf(target.text) ?? textOf(target.caption)
  return {
    providerId: `${chatId}:${target.message_id}`,
    quoted: quoted && shorten(quoted),
    // In a private chat the only bot is ours.
    isOwn: fields(target.from)?.is_bot === true,
  }
}

const shorten = (text: string): string => Array.from(text).slice(0, MAX_QUOTE).join('')
