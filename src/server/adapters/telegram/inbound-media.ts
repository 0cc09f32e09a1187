import type { AttachmentKind } from '../../contract/attachment.ts'
import type { InboundMedia } from '../../core/ports/platform.ts'
import { type Fields, fields, textOf } from '../foreign.ts'
import { countOf, lengthOf, listOf } from './fields.ts'

/** Fields that hold a file, our kind for it, and the type of those that Telegram does not name. */
const MEDIA: Record<string, [kind: AttachmentKind, mime: string | null]> = {
  photo: ['image', 'image/jpeg'],
  voice: ['voice', 'audio/ogg'],
  audio: ['audio', null],
  video: ['video', 'video/mp4'],
  video_note: ['video', 'video/mp4'],
  animation: ['animation', 'video/mp4'],
  document: ['file', null],
  sticker: ['sticker', null],
}

/** The file under this field of a message; null where it has none that could be fetched. */
export function mediaOf(message: Fields, field: string): InboundMedia | null {
  const [kind, mime] = MEDIA[field] ?? []
  const file = field === 'photo' ? largest(listOf(message.photo)) : fields(message[field])
  const fileId = textOf(file?.file_id)
  if (!kind || !file || !fileId) return null
  const seconds = countOf(file.duration)
  return {
    kind,
    ref: { file_id: fileId, file_unique_id: textOf(file.file_unique_id) ?? '' },
    name: textOf(file.file_name),
    mime: textOf(file.mime_type) ?? (field === 'sticker' ? typeOfSticker(file) : (mime ?? null)),
    size: countOf(file.file_size),
    // A round video is as wide as it is high, and has one number for both.
    width: lengthOf(file.width ?? file.length),
    height: lengthOf(file.height ?? file.length),
    durationMs: seconds === null ? null : seconds * 1000,
  }
}

const largest = (sizes: Fields[]): Fields | null => sizes.reduce<Fields | null>(larger, null)

const larger = (held: Fields | null, next: Fields): Fields =>
  held !== null && areaOf(held) > areaOf(next) ? held : next

const areaOf = ({ width, height }: Fields): number => (lengthOf(width) ?? 0) * (lengthOf(height) ?? 0)

function typeOfSticker({ is_animated, is_video }: Fields): string {
  if (is_animated === true) return 'application/x-tgsticker'
  return is_video === true ? 'video/webm' : 'image/webp'
}
