import type { MessageKind } from '../../contract/message.ts'
import { DomainError } from '../../core/errors.ts'
import type { ParsedEvent } from '../../core/ports/platform.ts'

type Fields = Record<string, unknown>

/** What stands in a message that is no text, our kind for it, and the word shown where it has no caption. */
const KINDS: readonly [field: string, kind: MessageKind, word: string][] = [
  ['photo', 'image', 'Photo'],
  ['voice', 'voice', 'Voice message'],
  ['audio', 'voice', 'Audio'],
  ['video', 'video', 'Video'],
  ['video_note', 'video', 'Video message'],
  // A GIF carries `animation` and, for older clients, `document` too.
  ['animation', 'video', 'GIF'],
  ['document', 'file', 'File'],
  ['sticker', 'sticker', 'Sticker'],
  // A venue carries `location` too.
  ['venue', 'location', 'Place'],
  ['location', 'location', 'Location'],
  ['contact', 'share', 'Contact'],
  ['poll', 'share', 'Poll'],
  ['story', 'share', 'Story'],
  ['dice', 'text', 'Dice'],
]

// Telegram tells the bot of these in the chat, but nobody wrote them.
const SERVICE_FIELDS = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'chat_background_set',
]

/** Understands an update of Telegram's. Throws invalid_input where it is not one. */
export function parseUpdate(rawBody: string): ParsedEvent {
  const update = fields(parseJson(rawBody))
  const updateId = update?.update_id
  if (!update || !Number.isSafeInteger(updateId)) {
    throw new DomainError('invalid_input', 'This is not an update of Telegram')
  }
  const key = `update:${updateId}`
  const message = fields(update.message)
  if (!message) return { kind: 'ignored', key, reason: kindOf(update) }
  return parseMessage(message, key)
}

function parseMessage(message: Fields, key: string): ParsedEvent {
  const chat = fields(message.chat)
  const from = fields(message.from)
  if (chat?.type !== undefined && chat.type !== 'private')
    return { kind: 'ignored', key, reason: 'not a private chat' }
  if (!isId(chat?.id) || !isId(from?.id) || !isId(message.message_id)) {
    throw new DomainError('invalid_input', 'The message lacks its chat, sender or id')
  }
  if (SERVICE_FIELDS.some((field) => field in message))
    return { kind: 'ignored', key, reason: 'service message' }
  return {
    kind: 'message',
    message: {
      key,
      providerId: `${chat?.id}:${message.message_id}`,
      sourceId: String(from?.id),
      firstName: textOf(from?.first_name),
      lastName: textOf(from?.last_name),
      username: textOf(from?.username),
      ...contentOf(message),
    },
  }
}

function contentOf(message: Fields): { content: string; kind: MessageKind } {
  const text = textOf(message.text)
  if (text !== null) return { content: text, kind: 'text' }
  const known = KINDS.find(([field]) => message[field] !== undefined && message[field] !== null)
  const [, kind, word] = known ?? ['', 'text' as const, 'Unsupported message']
  return { content: textOf(message.caption) ?? describe(message) ?? word, kind }
}

/** The words that some kinds bring along. */
function describe(message: Fields): string | null {
  const sticker = textOf(fields(message.sticker)?.emoji)
  const file = textOf(fields(message.document)?.file_name)
  const place = textOf(fields(message.venue)?.title)
  const dice = textOf(fields(message.dice)?.emoji)
  return (
    sticker ??
    file ??
    place ??
    dice ??
    contactOf(fields(message.contact)) ??
    locationOf(fields(message.location))
  )
}

function contactOf(contact: Fields | null): string | null {
  if (!contact) return null
  const words = [contact.first_name, contact.last_name, contact.phone_number].map(textOf)
  return textOf(words.filter((word) => word !== null).join(' '))
}

const locationOf = (location: Fields | null): string | null =>
  typeof location?.latitude === 'number' && typeof location.longitude === 'number'
    ? `${location.latitude}, ${location.longitude}`
    : null

const kindOf = (update: Fields): string =>
  storable(Object.keys(update).find((name) => name !== 'update_id') ?? 'empty').slice(0, 64)

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new DomainError('invalid_input', 'The body is not JSON', { cause })
  }
}

const fields = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null

const isId = (value: unknown): value is number => Number.isSafeInteger(value)

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? storable(value) : null

// PostgreSQL stores neither NUL nor half of a surrogate pair, and a verified event is always stored.
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

const storable = (text: string): string => text.replace(UNSTORABLE, '\uFFFD')
