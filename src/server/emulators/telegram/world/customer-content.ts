import type { Message } from '@grammyjs/types'
import { invalidInput } from '../../control-error.ts'
import { BotApiError } from '../bot-api/bot-api-error.ts'
import { finishCaption, finishText } from '../bot-api/input-text.ts'
import type { FileStore } from '../files/file-store.ts'
import type { MediaKind, NewContent, NewMedia, NewMessage, SampleName } from '../message-types.ts'
import type { FormattedText } from '../text/formatted-text.ts'
import type { Draft } from './stored-message.ts'

type OtherContent = Exclude<NewContent, NewMedia | { kind: 'text' }>
type Fields = Partial<Message>

const SAMPLE_OF: Readonly<Record<MediaKind, SampleName>> = {
  photo: 'jpeg',
  voice: 'ogg',
  audio: 'mp3',
  video: 'mp4',
  video_note: 'mp4',
  animation: 'mp4',
  document: 'pdf',
  sticker: 'webp',
}
const CAPTIONLESS: ReadonlySet<string> = new Set(['sticker', 'video_note'])
const DICE_SIDES = 6
const SMILE = '🙂'

/** What a customer puts into a message, as it will be kept. */
export function draftOf(files: FileStore, message: NewMessage): Draft {
  const { replyToMessageId = null, quote = null, fields = {}, ...content } = message
  const draft = contentDraft(files, content)
  return { ...draft, fields: { ...draft.fields, ...fields }, replyTo: replyToMessageId, quote }
}

function contentDraft(files: FileStore, content: NewContent): Draft {
  if (content.kind === 'text') return { kind: 'text', ...typed(content.text) }
  if (isMedia(content)) return mediaDraft(files, content)
  return { kind: content.kind, text: '', entities: [], fields: { ...fieldsOf(content) } }
}

/** Telegram cleans and limits what people type as it does with what bots send. */
export function typed(text: string): FormattedText {
  return limited(() => finishText({ text, entities: [] }))
}

export function typedCaption(text: string): FormattedText {
  return limited(() => finishCaption({ text, entities: [] }))
}

function isMedia(content: NewContent): content is NewMedia {
  return content.kind in SAMPLE_OF
}

function mediaDraft(files: FileStore, { kind, file, caption = '', emoji }: NewMedia): Draft {
  if (caption !== '' && CAPTIONLESS.has(kind)) throw invalidInput(`a ${kind} has no caption`)
  const formatted = typedCaption(caption)
  const stored = files.take(file ?? { sample: SAMPLE_OF[kind] })
  const symbol = emoji ?? (kind === 'sticker' ? SMILE : null)
  return { kind, ...formatted, media: { kind, file: stored, emoji: symbol } }
}

function fieldsOf(content: OtherContent): Fields {
  switch (content.kind) {
    case 'location':
      return { location: { latitude: content.latitude, longitude: content.longitude } }
    case 'venue': {
      const { title, address, latitude, longitude } = content
      const location = { latitude, longitude }
      // For older clients Telegram tells a venue as a location too.
      return { venue: { location, title, address }, location }
    }
    case 'contact': {
      const { kind: _, ...contact } = content
      return { contact }
    }
    case 'poll':
      return { poll: pollOf(content.question, content.options) }
    case 'dice':
      return { dice: { emoji: content.emoji ?? '🎲', value: content.value ?? DICE_SIDES } }
    case 'other':
      return {}
  }
}

function pollOf(question: string, options: string[]): Message['poll'] {
  if (options.length < 1) throw invalidInput('a poll has options')
  return {
    id: '5204110000000000001',
    question,
    options: options.map((text, index) => ({ persistent_id: `option-${index}`, text, voter_count: 0 })),
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: true,
    type: 'regular',
    allows_multiple_answers: false,
    allows_revoting: true,
    members_only: false,
  }
}

function limited(read: () => FormattedText): FormattedText {
  try {
    return read()
  } catch (error) {
    throw error instanceof BotApiError ? invalidInput(error.message) : error
  }
}
