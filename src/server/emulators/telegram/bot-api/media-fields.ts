import type { Document, PhotoSize, Sticker, Message as TelegramMessage } from '@grammyjs/types'
import { type FileKind, fileIdOf, uniqueFileIdOf } from '../files/file-ids.ts'
import type { StoredFile } from '../files/file-store.ts'
import { SAMPLES, THUMBNAIL } from '../files/samples.ts'
import type { Media } from '../world/stored-message.ts'

type MediaFields = Partial<TelegramMessage>
type Owner = { id: number }

/** Longest sides of the smaller pictures that Telegram makes of a photo. */
const SMALLER_SIDES = [90, 320, 800]
const THUMBNAIL_BYTES = Buffer.from(THUMBNAIL.base64, 'base64').length

const TELLERS: Readonly<Record<Media['kind'], (bot: Owner, media: Media) => MediaFields>> = {
  photo: (bot, { file }) => ({ photo: photoSizes(bot, file) }),
  voice: (bot, { file }) => ({
    voice: {
      ...ids(bot, 'voice', file),
      duration: file.duration,
      mime_type: file.mime,
      file_size: file.size,
    },
  }),
  audio: (bot, { file }) => ({
    audio: { ...ids(bot, 'audio', file), duration: file.duration, ...named(file) },
  }),
  video: (bot, { file }) => ({ video: { ...ids(bot, 'video', file), ...moving(bot, file), ...named(file) } }),
  video_note: (bot, { file }) => ({
    video_note: {
      ...ids(bot, 'video_note', file),
      length: file.width,
      duration: file.duration,
      thumbnail: thumbnail(bot, file),
      file_size: file.size,
    },
  }),
  // For older clients Telegram tells a GIF as a document too, under the same id.
  animation: (bot, { file }) => ({
    animation: { ...ids(bot, 'animation', file), ...moving(bot, file), ...named(file) },
    document: { ...ids(bot, 'animation', file), thumbnail: thumbnail(bot, file), ...named(file) },
  }),
  document: (bot, { file }) => ({ document: documentOf(bot, file) }),
  sticker: (bot, media) => ({ sticker: stickerOf(bot, media) }),
}

/** What a message says of its file, each kind in Telegram's own fields. */
export function mediaFields(bot: Owner, media: Media): MediaFields {
  return TELLERS[media.kind](bot, media)
}

/** The smaller pictures and, last, the photo itself. */
export function photoSizes(bot: Owner, file: StoredFile): PhotoSize[] {
  const longest = Math.max(file.width, file.height)
  const smaller = SMALLER_SIDES.filter((side) => side < longest).map((side, index) => ({
    ...ids(bot, 'photo', file, index + 1),
    file_size: THUMBNAIL_BYTES,
    ...scaled(file, side),
  }))
  const { width, height, size } = file
  return [...smaller, { ...ids(bot, 'photo', file), file_size: size, width, height }]
}

function documentOf(bot: Owner, file: StoredFile): Document {
  const isPicture = file.mime.startsWith('image/')
  return {
    ...ids(bot, 'document', file),
    ...(isPicture ? { thumbnail: thumbnail(bot, file) } : {}),
    ...named(file),
  }
}

function stickerOf(bot: Owner, { file, emoji }: Media): Sticker {
  return {
    ...ids(bot, 'sticker', file),
    type: 'regular',
    width: file.width || SAMPLES.webp.width,
    height: file.height || SAMPLES.webp.height,
    is_animated: file.mime === 'application/x-tgsticker',
    is_video: file.mime === 'video/webm',
    thumbnail: thumbnail(bot, file),
    ...(emoji === null ? {} : { emoji }),
    set_name: 'PeykSamples',
    file_size: file.size,
  }
}

function moving(bot: Owner, file: StoredFile) {
  const { duration, width, height } = file
  return { duration, width, height, thumbnail: thumbnail(bot, file) }
}

function named({ name, mime, size }: StoredFile) {
  return { ...(name === null ? {} : { file_name: name }), mime_type: mime, file_size: size }
}

function thumbnail(bot: Owner, file: StoredFile): PhotoSize {
  const { width, height } = THUMBNAIL
  return { ...ids(bot, 'thumbnail', file, 1), file_size: THUMBNAIL_BYTES, width, height }
}

function ids({ id }: Owner, kind: FileKind, file: StoredFile, variant = 0) {
  return {
    file_id: fileIdOf(id, kind, file, variant),
    file_unique_id: uniqueFileIdOf(kind, file, variant),
  }
}

function scaled({ width, height }: StoredFile, side: number): { width: number; height: number } {
  const factor = side / Math.max(width, height)
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}
