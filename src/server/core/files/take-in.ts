import { createHash } from 'node:crypto'
import type { AttachmentKind } from '../../contract/attachment.ts'
import { DomainError } from '../errors.ts'
import type { Settlement } from '../ports/attachments.ts'
import type { Ports } from '../ports.ts'
import { cleanFileName } from './file-name.ts'

/** Looked at to say what a file is; the types that are packed in ZIP say it some way in. */
const HEAD_BYTES = 64 * 1024
const UNKNOWN_TYPE = 'application/octet-stream'

export const thumbKey = (id: string): string => `${id}.thumb`

interface Incoming {
  id: string
  name: string | null
  /** What its platform calls it; an upload is what it is sniffed as. */
  kind?: AttachmentKind
  bytes: AsyncIterable<Uint8Array>
  maxBytes: number
}

type TakeInCtx = Pick<Ports, 'files' | 'media'>
export type Taken = Extract<Settlement, { state: 'ready' }>

/**
 * Keeps a file's bytes under its id and says what they are: never what somebody says of them. Of a picture only the picture
 * is kept. Errors: too_large (bytes, pixels), invalid_input (nothing in it, no readable picture).
 */
export async function takeIn(ctx: TakeInCtx, incoming: Incoming): Promise<Taken> {
  const { id, name } = incoming
  const meter = createMeter(incoming.maxBytes)
  await ctx.files.put(id, meter.through(incoming.bytes))
  const { size, head, sha256 } = meter.read()
  if (size === 0) throw new DomainError('invalid_input', 'The file is empty')
  const mime = (await ctx.media.sniff(head)) ?? UNKNOWN_TYPE
  if (ctx.media.isPicture(mime)) return takePicture(ctx, incoming, mime)
  const kind = plausible(incoming.kind, mime) ?? kindOf(mime)
  const plain = { width: null, height: null, hasThumb: false }
  return { state: 'ready', kind, name: cleanFileName(name, mime), mime, size, sha256, ...plain }
}

async function takePicture(ctx: TakeInCtx, { id, name, kind }: Incoming, given: string): Promise<Taken> {
  const picture = await ctx.media.clean(ctx.files.read(id), given)
  const { mime, width, height } = picture
  await ctx.files.put(thumbKey(id), once(picture.thumb))
  // Until here the file is as it came; nobody is given it while it is pending.
  await ctx.files.put(id, once(picture.bytes))
  return {
    state: 'ready',
    kind: plausible(kind, mime) ?? (picture.isAnimated ? 'animation' : 'image'),
    name: cleanFileName(name, mime),
    mime,
    size: picture.bytes.length,
    width,
    height,
    hasThumb: true,
    sha256: createHash('sha256').update(picture.bytes).digest('hex'),
  }
}

const kindOf = (mime: string): AttachmentKind => {
  const [family] = mime.split('/')
  return family === 'audio' || family === 'video' ? family : 'file'
}

const FAMILIES: Record<AttachmentKind, RegExp> = {
  image: /^image\//,
  sticker: /^(image|video)\/|^application\/gzip$/,
  animation: /^(image|video)\//,
  voice: /^(audio|video)\//,
  audio: /^(audio|video)\//,
  video: /^video\//,
  file: /^/,
}

/** A platform knows a voice from a song, but not what its sender made of the bytes. */
const plausible = (kind: AttachmentKind | undefined, mime: string) =>
  kind && FAMILIES[kind].test(mime) ? kind : undefined

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

/** Counts, hashes and keeps the beginning of what flows through it. */
function createMeter(maxBytes: number) {
  const hash = createHash('sha256')
  const heads: Uint8Array[] = []
  let size = 0
  async function* through(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const piece of bytes) {
      if (size < HEAD_BYTES) heads.push(piece.subarray(0, HEAD_BYTES - size))
      size += piece.length
      if (size > maxBytes) throw new DomainError('too_large', 'The file is too large')
      hash.update(piece)
      yield piece
    }
  }
  return { through, read: () => ({ size, head: Buffer.concat(heads), sha256: hash.digest('hex') }) }
}
