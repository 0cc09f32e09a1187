import { type FileKind, readFileId } from '../files/file-ids.ts'
import type { StoredFile } from '../files/file-store.ts'
import { imageSize } from '../files/image-size.ts'
import { sniffMime } from '../files/sniff.ts'
import type { FileFacts, MediaKind } from '../message-types.ts'
import type { Media } from '../world/stored-message.ts'
import { badRequest } from './bot-api-error.ts'
import type { Call } from './call.ts'
import type { Params, UploadedFile } from './params.ts'

/** A file as a call names it: uploaded with it, or known to Telegram. */
export type InputFile = { upload: UploadedFile } | { id: string }

const ATTACHED = 'attach://'
const MAX_PHOTO_BYTES = 10 * 1024 * 1024
const MAX_PHOTO_SIDES = 10_000
const MAX_PHOTO_RATIO = 20
const TYPE_NAMES: Readonly<Record<FileKind, string>> = {
  photo: 'Photo',
  voice: 'VoiceNote',
  audio: 'Audio',
  video: 'Video',
  video_note: 'VideoNote',
  animation: 'Animation',
  document: 'Document',
  sticker: 'Sticker',
  thumbnail: 'Thumbnail',
}
/** What a file must be to be shown as what it was sent as; anything else becomes a document. */
const TAKES: Readonly<Record<string, RegExp>> = {
  voice: /^audio\/(ogg|mpeg|mp4)$/,
  audio: /^audio\/(mpeg|mp4|ogg)$/,
  video: /^video\/(mp4|quicktime)$/,
  video_note: /^video\/mp4$/,
  animation: /^(video\/mp4|image\/gif)$/,
}

/** The file in this field, or null when the call has none. `uploads` are those of the whole call. */
export function readInputFile(params: Params, uploads: Params['files'], field: string): InputFile | null {
  const direct = params.files.get(field)
  if (direct !== undefined) return { upload: direct }
  const value = params.text(field)
  if (value === '') return null
  if (!value.startsWith(ATTACHED)) return { id: value }
  const upload = uploads.get(value.slice(ATTACHED.length))
  return upload === undefined ? null : { upload }
}

/** The file as it will stand in the chat, once Telegram has looked into it. */
export function acceptFile(call: Call, kind: MediaKind, input: InputFile): Media {
  if ('id' in input) return { kind, file: knownFile(call, kind, input.id), emoji: null }
  const { name, bytes } = input.upload
  if (bytes.length === 0) throw badRequest('file must be non-empty')
  if (kind === 'photo') checkPhoto(bytes)
  const mime = sniffMime(bytes) ?? (input.upload.mime || 'application/octet-stream')
  const shown = shownAs(kind, mime, call.params)
  const file = call.world.files.put(bytes, { ...sentFacts(call.params), name, mime })
  return { kind: shown, file, emoji: null }
}

function knownFile({ world, bot }: Call, kind: MediaKind, id: string): StoredFile {
  if (/^https?:\/\//i.test(id)) throw badRequest('failed to get HTTP URL content')
  const ref = readFileId(id)
  const found = ref === null ? null : world.files.find(ref.fileKey)
  if (ref === null || found === null || ref.botId !== bot.id || ref.epoch !== world.files.epoch) {
    throw badRequest('wrong file identifier/HTTP URL specified')
  }
  if (ref.kind !== kind) {
    throw badRequest(`can't use file of type ${TYPE_NAMES[ref.kind]} as ${TYPE_NAMES[kind]}`)
  }
  return found.file
}

function checkPhoto(bytes: Buffer): void {
  if (bytes.length > MAX_PHOTO_BYTES) {
    const limit = `the maximum size is ${MAX_PHOTO_BYTES} bytes`
    throw badRequest(`file of size ${bytes.length} bytes is too big for a photo; ${limit}`)
  }
  const size = imageSize(bytes, sniffMime(bytes) ?? '')
  if (size === null) throw badRequest('IMAGE_PROCESS_FAILED')
  const { width, height } = size
  const ratio = Math.max(width, height) / Math.min(width, height)
  if (width + height > MAX_PHOTO_SIDES || !(ratio <= MAX_PHOTO_RATIO)) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS')
  }
}

function shownAs(kind: MediaKind, mime: string, params: Params): MediaKind {
  const isGif = kind === 'document' && mime === 'image/gif'
  if (isGif && !params.flag('disable_content_type_detection')) return 'animation'
  const takes = TAKES[kind]
  return takes === undefined || takes.test(mime) ? kind : 'document'
}

function sentFacts(params: Params): FileFacts {
  const facts: FileFacts = {}
  for (const name of ['width', 'height', 'duration'] as const) {
    if (params.text(name) !== '') facts[name] = params.integer(name, 0, [0, Number.MAX_SAFE_INTEGER])
  }
  const length = params.integer('length', 0, [0, Number.MAX_SAFE_INTEGER])
  return length > 0 ? { ...facts, width: length, height: length } : facts
}
