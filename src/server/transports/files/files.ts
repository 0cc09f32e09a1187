import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { isShownType } from '../../contract/attachment-kind.ts'
import type { Ctx } from '../../core/context.ts'
import { DomainError } from '../../core/errors.ts'
import { openFile, type Variant } from '../../core/files/links.ts'
import { thumbKey } from '../../core/files/take-in.ts'
import type { StoredAttachment } from '../../core/ports/attachments.ts'
import { refuseAnswer } from '../refuse-answer.ts'
import { partOf } from './range.ts'

const NOT_THERE = 'There is no such file'

/** Files by signed addresses: whoever holds one that is still good is given the file, and needs nothing else. */
export function createFileServer(base: Ctx) {
  return async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> => {
    try {
      await serve(base, { req, res, url })
    } catch (error) {
      refuseAnswer(base, res, error)
    }
  }
}

interface Exchange {
  req: IncomingMessage
  res: ServerResponse
  url: URL
}

async function serve(base: Ctx, { req, res, url }: Exchange): Promise<void> {
  if (req.method !== 'GET' && req.method !== 'HEAD') throw new DomainError('not_found', NOT_THERE)
  const { variant, ...asked } = askedOf(url)
  const attachment = await openFile(base, { ...asked, variant })
  const key = variant === 'thumb' ? thumbKey(attachment.id) : attachment.id
  const size = await base.files.size(key)
  if (size === null) {
    base.log.error({ attachment: attachment.id }, 'The file of an attachment is missing')
    throw new DomainError('not_found', NOT_THERE)
  }
  const etag = `"${key}"`
  const headers = { ...headersOf(attachment, variant), etag, 'cache-control': keptFor(base, asked.expires) }
  if (req.headers['if-none-match'] === etag) return void res.writeHead(304, headers).end()
  const isSame = req.headers['if-range'] === undefined || req.headers['if-range'] === etag
  const part = isSame ? partOf(req.headers.range, size) : null
  if (part === 'none')
    return void res.writeHead(416, { ...headers, 'content-range': `bytes */${size}` }).end()
  const length = part ? part.end - part.start + 1 : size
  const range = part ? { 'content-range': `bytes ${part.start}-${part.end}/${size}` } : {}
  res.writeHead(part ? 206 : 200, { ...headers, ...range, 'content-length': length })
  if (req.method === 'HEAD') return void res.end()
  // Whoever hangs up half-way has what they wanted, as every player does.
  await pipeline(base.files.read(key, part ?? undefined), res).catch(() => res.destroy())
}

const ID = /^\/files\/(\w{22,32})$/

function askedOf({ pathname, searchParams }: URL) {
  const variant: Variant = searchParams.get('v') === 'thumb' ? 'thumb' : 'full'
  const expires = /^\d{1,16}$/.test(searchParams.get('e') ?? '') ? Number(searchParams.get('e')) : 0
  return { id: ID.exec(pathname)?.[1] ?? '', variant, expires, signature: searchParams.get('s') ?? '' }
}

/**
 * Only what was sniffed as a picture, sound or film is shown in its place; all else is saved, under a type that nothing
 * opens. Nothing may run in any of it, and no page reads it but where its address was handed to.
 */
function headersOf({ mime, name }: StoredAttachment, variant: Variant) {
  const isThumb = variant === 'thumb'
  const isShown = isThumb || isShownType(mime)
  const type = isThumb ? 'image/webp' : mime
  return {
    'content-type': isShown ? type : 'application/octet-stream',
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; ${fileName(isThumb ? `${name}.webp` : name)}`,
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // The address alone is the right; the widget shows files on pages of other origins.
    'cross-origin-resource-policy': 'cross-origin',
    'accept-ranges': 'bytes',
  }
}

/** As RFC 6266 spells a name that is not ASCII, with a plain one beside it. */
const fileName = (name: string) => {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `filename="${plain}"; filename*=UTF-8''${encoded}`
}

const keptFor = ({ clock }: Ctx, expires: number) =>
  `private, max-age=${Math.max(0, Math.floor((expires - clock.now()) / 1_000))}, immutable`
