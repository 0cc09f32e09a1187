import type { SimulatedMedia, SimulatedMessage, SimulatorAct, SimulatorEvent } from '../contract/simulator.ts'
import type { ChatEvent, ChatMessage, NewContent, NewMedia } from '../emulators/telegram/message-types.ts'
import type { TelegramEmulator } from '../emulators/telegram/start.ts'
import type { DemoCast } from '../transports/simulator/cast.ts'
import { SimulatorError, type Stage } from '../transports/simulator/stage.ts'
import { MAX_SHOWN, notHere, requireShown, SAMPLE_ALBUM, shown, TEHRAN } from './play.ts'
import { taggedText } from './tagged-text.ts'
import { TelegramFaults } from './telegram-faults.ts'

interface Parts {
  emulator: TelegramEmulator
  cast: DemoCast
  /** Brings the channel of the demo back after its token was void. */
  reconnect: () => Promise<void>
}

const KIND_OF: Partial<Record<ChatMessage['kind'], SimulatedMessage['kind']>> = {
  video_note: 'round_video',
  venue: 'location',
  poll: 'other',
  dice: 'other',
}
const MEDIA_OF = (kind: SimulatedMedia): NewMedia['kind'] => (kind === 'round_video' ? 'video_note' : kind)
/** Telegram has no caption for these. */
const WORDLESS = new Set<SimulatedMedia>(['sticker', 'round_video'])

/** The phones of Telegram. */
export function telegramStage({ emulator, cast, reconnect }: Parts): Stage {
  const { bot } = cast
  const of = (chatId: number) => ({ botId: bot.id, chatId })
  const faults = new TelegramFaults(emulator, bot, reconnect)
  const read = (chatId: number) => ({
    messages: emulator.listMessages({ ...of(chatId), limit: MAX_SHOWN }).map(toMessage),
    blocked: emulator.getChat(of(chatId)).blocked,
    seenId: null,
  })
  return {
    business: { platform: 'telegram', seed: bot.id, name: bot.name, username: bot.username },
    people: cast.people,
    read,
    watch: (chatId, lastEventId, listener) =>
      emulator.watchChat({ ...of(chatId), lastEventId }, (event, id) => listener(toEvent(event), id)),
    async act(chatId, act) {
      const { messages, updateIds } = play(emulator, of(chatId), act)
      faults.afterAct(updateIds)
      return messages.map(toMessage)
    },
    setBlocked: (chatId, blocked) => void emulator.setBlocked({ ...of(chatId), blocked }),
    putFile({ bytes, mime, name }) {
      return String(emulator.putFile({ bytes, mime, ...(name === null ? {} : { name }) }).fileKey)
    },
    async readFile(chatId, key) {
      const { mime, name } = requireShown(read(chatId), key)
      return { bytes: emulator.readFile(Number(key)).bytes, mime, name }
    },
    faults,
    traveledHours: () => 0,
  }
}

type Told = { messages: ChatMessage[]; updateIds: Array<number | null> }
type ChatRef = { botId: number; chatId: number }

function play(emulator: TelegramEmulator, chat: ChatRef, act: SimulatorAct): Told {
  if (act.do === 'album') {
    return emulator.writeAlbum({ ...chat, items: albumOf(act.files) })
  }
  if (act.do === 'unsend') {
    emulator.deleteMessage({ ...chat, messageId: numberOf(act.id) })
    return { messages: [], updateIds: [] }
  }
  const { message, updateId } = change(emulator, chat, act)
  return { messages: [message], updateIds: [updateId] }
}

function change(emulator: TelegramEmulator, chat: ChatRef, act: SimulatorAct) {
  if (act.do === 'edit') return emulator.editText({ ...chat, messageId: numberOf(act.id), text: act.text })
  if (act.do === 'react') {
    const emoji = act.emoji === null ? [] : [act.emoji]
    return emulator.react({ ...chat, messageId: numberOf(act.id), emoji })
  }
  const replyTo = 'replyTo' in act ? act.replyTo : undefined
  const reply = replyTo === undefined ? {} : { replyToMessageId: numberOf(replyTo) }
  return emulator.write({ ...chat, message: { ...contentOf(act), ...reply } })
}

function contentOf(act: SimulatorAct): NewContent & { fields?: Record<string, unknown> } {
  if (act.do === 'text') return { kind: 'text', text: act.text }
  if (act.do === 'media') return mediaOf(act)
  if (act.do === 'location') return { kind: 'location', ...TEHRAN }
  if (act.do === 'contact') return { kind: 'contact', phone_number: '+982100000000', first_name: 'پیک' }
  if (act.do === 'other') return { kind: 'other', fields: { hologram: {} } }
  throw notHere(act.do)
}

function mediaOf({ kind, file, text }: Extract<SimulatorAct, { do: 'media' }>): NewMedia {
  return {
    kind: MEDIA_OF(kind),
    ...(file === undefined ? {} : { file: { fileKey: numberOf(file) } }),
    ...(text && !WORDLESS.has(kind) ? { caption: text } : {}),
    ...(kind === 'sticker' ? { emoji: '🌷' } : {}),
  }
}

const albumOf = (files: string[]): NewMedia[] =>
  files.length === 0
    ? SAMPLE_ALBUM.map((sample) => ({ kind: 'photo', file: { sample } }))
    : files.map((file) => ({ kind: 'photo', file: { fileKey: numberOf(file) } }))

function numberOf(id: string): number {
  if (!/^\d{1,15}$/.test(id)) throw new SimulatorError(404, 'Not found')
  return Number(id)
}

export function toMessage(message: ChatMessage): SimulatedMessage {
  const { file, fields } = message
  return shown({
    id: String(message.message_id),
    from: message.from === 'user' ? 'customer' : 'business',
    kind: KIND_OF[message.kind] ?? (message.kind as SimulatedMessage['kind']),
    text: message.text,
    tagged: taggedText(message),
    at: message.dateMs,
    edited: message.edited,
    files: file ? [{ key: String(file.fileKey), mime: file.mime, name: file.name }] : [],
    place: placeOf(fields),
    contact: contactOf(fields.contact),
    replyTo: message.replyToMessageId === null ? null : String(message.replyToMessageId),
    reactions: { customer: message.reactions[0] ?? null, business: message.botReactions[0] ?? null },
  })
}

function placeOf({ location, venue }: Record<string, unknown>): SimulatedMessage['place'] {
  const { latitude, longitude } = asRecord(location ?? asRecord(venue).location)
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null
}

function contactOf(contact: unknown): SimulatedMessage['contact'] {
  const { first_name, last_name, phone_number } = asRecord(contact)
  if (typeof phone_number !== 'string') return null
  return { name: [first_name, last_name].filter(Boolean).join(' '), phone: phone_number }
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

function toEvent(event: ChatEvent): SimulatorEvent | 'reset' | null {
  switch (event.type) {
    case 'message':
    case 'message_edited':
    case 'reaction':
      return { type: 'message', message: toMessage(event.message) }
    case 'message_deleted':
      return { type: 'removed', id: String(event.message_id) }
    case 'blocked':
      return { type: 'blocked', blocked: event.blocked }
    case 'chat_action':
      return event.action === 'typing' ? { type: 'typing', on: true } : null
    case 'reset':
      return 'reset'
    default:
      return null
  }
}
