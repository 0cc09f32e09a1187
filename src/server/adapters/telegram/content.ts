import { storable } from '../../contract/characters.ts'
import type { MessageExtras, MessageKind } from '../../contract/message.ts'
import type { InboundMedia } from '../../core/ports/platform.ts'
import { type Fields, fields, textOf } from '../foreign.ts'
import { listOf } from './fields.ts'
import { mediaOf } from './inbound-media.ts'

/** What a message says. */
export interface Content {
  content: string
  kind: MessageKind
  media?: InboundMedia[]
  extras?: MessageExtras
}

type Known = [field: string, kind: MessageKind, read: (message: Fields) => Omit<Content, 'kind'> | null]

const file = (field: string) => (message: Fields) => {
  const media = mediaOf(message, field)
  return media && { content: textOf(message.caption) ?? '', media: [media] }
}

/** The first that is there tells the kind: some bring along, for older clients, the fields of another. */
const KNOWN: readonly Known[] = [
  ['photo', 'image', file('photo')],
  ['voice', 'voice', file('voice')],
  ['audio', 'voice', file('audio')],
  ['video', 'video', file('video')],
  ['video_note', 'video', file('video_note')],
  ['animation', 'video', file('animation')],
  ['document', 'file', file('document')],
  ['sticker', 'sticker', readSticker],
  ['venue', 'location', readVenue],
  ['location', 'location', readLocation],
  ['contact', 'share', readContact],
  ['poll', 'share', readPoll],
  ['story', 'share', () => ({ content: 'Story', extras: { placeholder: 'story' } })],
  ['dice', 'text', readDice],
]

/** Reads a message's text or what it has instead. What nobody knows yet becomes a placeholder with Telegram's word for it. */
export function contentOf(message: Fields): Content {
  const text = textOf(message.text)
  if (text !== null) return { content: text, kind: 'text' }
  for (const [field, kind, read] of KNOWN) {
    const content = fields(message[field]) || Array.isArray(message[field]) ? read(message) : null
    if (content) return { ...content, kind }
  }
  const content = textOf(message.caption) ?? 'Unsupported message'
  return { content, kind: 'text', extras: { placeholder: nameOf(message) } }
}

function readSticker(message: Fields) {
  const media = mediaOf(message, 'sticker')
  return media && { content: textOf(fields(message.sticker)?.emoji) ?? '', media: [media] }
}

function readVenue({ venue }: Fields) {
  const { title, address, location } = fields(venue) ?? {}
  const point = pointOf(location)
  if (!point) return null
  const place = { ...point, title: textOf(title) ?? '', address: textOf(address) ?? '' }
  return { content: place.title || `${point.latitude}, ${point.longitude}`, extras: { place } }
}

function readLocation({ location }: Fields) {
  const point = pointOf(location)
  if (!point) return null
  const place = { ...point, title: '', address: '' }
  return { content: `${point.latitude}, ${point.longitude}`, extras: { place } }
}

function pointOf(location: unknown): { latitude: number; longitude: number } | null {
  const { latitude, longitude } = fields(location) ?? {}
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null
}

function readContact({ contact }: Fields) {
  const { first_name, last_name, phone_number } = fields(contact) ?? {}
  const name = [first_name, last_name].flatMap((part) => textOf(part) ?? []).join(' ')
  const phone = textOf(phone_number) ?? ''
  const content = `${name} ${phone}`.trim()
  return content === '' ? null : { content, extras: { contact: { name, phone } } }
}

function readPoll({ poll }: Fields) {
  const { question, options } = fields(poll) ?? {}
  const lines = [question, ...listOf(options).map(({ text }) => text)].flatMap((line) => textOf(line) ?? [])
  return { content: lines.join('\n• ') || 'Poll', extras: { placeholder: 'poll' } }
}

function readDice({ dice }: Fields) {
  const { emoji, value } = fields(dice) ?? {}
  return { content: `${textOf(emoji) ?? '🎲'} ${typeof value === 'number' ? value : ''}`.trim() }
}

// Fields that say how or by whom, not what.
const AROUND = new Set(
  (
    'message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count sender_business_bot sender_tag ' +
    'date guest_query_id business_connection_id chat forward_origin is_topic_message is_automatic_forward reply_to_message ' +
    'external_reply quote reply_to_story reply_to_checklist_task_id via_bot edit_date has_protected_content is_from_offline ' +
    'is_paid_post media_group_id author_signature paid_star_count entities link_preview_options suggested_post_info ' +
    'effect_id caption caption_entities show_caption_above_media has_media_spoiler reply_markup text'
  ).split(' '),
)

/** Longest word of Telegram's that is shown. */
const MAX_NAME = 64

function nameOf(message: Fields): string {
  const names = Object.keys(message).filter((name) => !AROUND.has(name))
  const name = names.find((one) => typeof message[one] === 'object') ?? names[0] ?? 'empty'
  return storable(name.slice(0, MAX_NAME))
}
