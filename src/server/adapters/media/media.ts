import { fileTypeFromBuffer } from 'file-type'
import sharp, { type Sharp } from 'sharp'
import { DomainError, isDomainError } from '../../core/errors.ts'
import type { CleanPicture, Media } from '../../core/ports/media.ts'
import { createSlots } from './slots.ts'

/** Pictures decoded at once: each may hold its pixels in memory. */
const PICTURES_AT_ONCE = 2
/** Of all frames together; a telephone's picture has 48 million. */
const MAX_PIXELS = 50_000_000
const MAX_SECONDS = 30
const THUMB_SIZE = 480
const THUMB_QUALITY = 75
const QUALITY = 88

type Format = 'jpeg' | 'png' | 'webp' | 'gif'

/** What each type is stored as; all others are stored as they came and never shown. */
const FORMATS: Record<string, Format> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'webp',
}

// A file that pretends to be a picture must not reach the readers of SVG, PDF and the like.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
  ],
})
sharp.concurrency(1)
sharp.cache(false)

/** Types by file-type's signatures, pictures by libvips. */
export function createMedia(): Media {
  const inSlot = createSlots(PICTURES_AT_ONCE)
  return {
    sniff: async (head) =>
      (await fileTypeFromBuffer(head).catch(() => undefined))?.mime.replace(/;.*/, '') ?? null,
    isPicture: (mime) => mime in FORMATS,
    clean: (bytes, mime) => inSlot(async () => clean(await collect(bytes), FORMATS[mime] ?? 'png')),
  }
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function clean(given: Buffer, format: Format): Promise<CleanPicture> {
  try {
    const animated = format === 'gif' || format === 'webp'
    const { data, info } = await read(given, animated)
      .toFormat(format, { quality: QUALITY })
      .toBuffer({ resolveWithObject: true })
    const box = { width: THUMB_SIZE, height: THUMB_SIZE, fit: 'inside' as const, withoutEnlargement: true }
    const thumb = await read(given, false).resize(box).webp({ quality: THUMB_QUALITY }).toBuffer()
    const isAnimated = (info.pages ?? 1) > 1
    const height = isAnimated ? (info.pageHeight ?? info.height) : info.height
    return { bytes: data, mime: `image/${format}`, width: info.width, height, isAnimated, thumb }
  } catch (cause) {
    throw refusalOf(cause)
  }
}

// Without a word about metadata sharp writes none; the orientation that stood in it is applied first.
const read = (bytes: Buffer, animated: boolean): Sharp =>
  sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', animated, sequentialRead: true })
    .timeout({ seconds: MAX_SECONDS })
    .autoOrient()

function refusalOf(cause: unknown): DomainError {
  if (isDomainError(cause)) return cause
  const isTooLarge = cause instanceof Error && /pixel limit|timeout/i.test(cause.message)
  return isTooLarge
    ? new DomainError('too_large', 'The picture has too many pixels', { cause })
    : new DomainError('invalid_input', 'The picture cannot be read', { cause })
}
