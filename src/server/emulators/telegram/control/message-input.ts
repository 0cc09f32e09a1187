import { invalidInput } from '../../control-error.ts'
import { SAMPLES } from '../files/samples.ts'
import type { MediaKind, NewFile, NewMedia, NewMessage, SampleName } from '../message-types.ts'
import type { Input } from './input.ts'

const MEDIA_KINDS: Readonly<Record<MediaKind, true>> = {
  photo: true,
  voice: true,
  audio: true,
  video: true,
  video_note: true,
  animation: true,
  document: true,
  sticker: true,
}

/** A message as the body of a request tells it; without a `kind` it is a text. */
export function readNewMessage(input: Input): NewMessage {
  return {
    ...readContent(input),
    replyToMessageId: input.optionalInteger('replyToMessageId'),
    quote: input.optionalText('quote'),
    fields: input.optionalRecord('fields'),
  }
}

export function readNewMedia(input: Input): NewMedia {
  const kind = input.text('kind')
  if (!isMediaKind(kind)) throw invalidInput(`kind must be one of ${Object.keys(MEDIA_KINDS).join(', ')}`)
  const file = input.optionalObject('file')
  return {
    kind,
    file: file && readNewFile(file),
    caption: input.optionalText('caption'),
    emoji: input.optionalText('emoji'),
  }
}

function readContent(input: Input): NewMessage {
  const kind = input.optionalText('kind') ?? 'text'
  switch (kind) {
    case 'text':
      return { kind, text: input.text('text') }
    case 'location':
      return { kind, ...readPlace(input) }
    case 'venue':
      return { kind, ...readPlace(input), title: input.text('title'), address: input.text('address') }
    case 'contact':
      return { kind, ...readContact(input) }
    case 'poll':
      return { kind, question: input.text('question'), options: input.texts('options') }
    case 'dice':
      return { kind, emoji: input.optionalText('emoji'), value: input.optionalInteger('value') }
    case 'other':
      return { kind }
    default:
      return readNewMedia(input)
  }
}

function readPlace(input: Input): { latitude: number; longitude: number } {
  return { latitude: input.number('latitude'), longitude: input.number('longitude') }
}

function readContact(input: Input) {
  return {
    phone_number: input.text('phone_number'),
    first_name: input.text('first_name'),
    last_name: input.optionalText('last_name'),
    user_id: input.optionalInteger('user_id'),
  }
}

export function readNewFile(input: Input): NewFile {
  return {
    sample: readSample(input.optionalText('sample')),
    base64: input.optionalText('base64'),
    fileKey: input.optionalInteger('fileKey'),
    ...withoutUndefined({
      name: input.optionalText('name'),
      mime: input.optionalText('mime'),
      size: input.optionalInteger('size'),
      width: input.optionalInteger('width'),
      height: input.optionalInteger('height'),
      duration: input.optionalInteger('duration'),
    }),
  }
}

function readSample(name: string | undefined): SampleName | undefined {
  if (name === undefined || isSample(name)) return name
  throw invalidInput(`sample must be one of ${Object.keys(SAMPLES).join(', ')}`)
}

const isSample = (name: string): name is SampleName => Object.hasOwn(SAMPLES, name)

const isMediaKind = (kind: string): kind is MediaKind => Object.hasOwn(MEDIA_KINDS, kind)

function withoutUndefined<Value extends object>(value: Value): Partial<Value> {
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members) as Partial<Value>
}
