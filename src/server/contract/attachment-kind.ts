import type { AttachmentKind } from './attachment.ts'
import type { Capabilities } from './capabilities.ts'

/** What a file may go as where its own kind is not taken: a long animation as a video is not one of them. */
const INSTEAD: Record<AttachmentKind, readonly AttachmentKind[]> = {
  image: ['image', 'file'],
  sticker: ['sticker', 'image', 'file'],
  animation: ['animation', 'image', 'file'],
  voice: ['voice', 'audio', 'file'],
  audio: ['audio', 'file'],
  video: ['video', 'file'],
  file: ['file'],
}

export interface FileLook {
  kind: AttachmentKind
  mime: string
  size: number
}

/** What a file goes as on a channel; `too_large` where only its size is in the way, null where it is not taken at all. */
export function kindOn(
  { media }: Pick<Capabilities, 'media'>,
  { kind, mime, size }: FileLook,
): AttachmentKind | 'too_large' | null {
  const limits = INSTEAD[kind].flatMap((one) => {
    const limit = media[one]
    return limit && (limit.types === null || limit.types.includes(mime)) ? [{ one, max: limit.maxSize }] : []
  })
  const fitting = limits.find(({ max }) => size <= max)
  if (fitting) return fitting.one
  return limits.length > 0 ? 'too_large' : null
}

/** What a file is by its type, before anybody looked into it. */
export function kindOfType(mime: string): AttachmentKind {
  if (mime === 'image/gif') return 'animation'
  const [family] = mime.split('/')
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file'
}

const SHOWN = /^(?:image\/(?:jpeg|png|webp|gif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/

/** True of types that a page may show in their place; all others are only ever saved. */
export const isShownType = (mime: string): boolean => SHOWN.test(mime)
