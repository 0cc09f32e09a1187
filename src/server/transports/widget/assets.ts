import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** How soon a new version of the script reaches pages. The rest bears its version in its name. */
const SCRIPT_CACHE = 'public, max-age=300, stale-while-revalidate=86400'
const ASSET_CACHE = 'public, max-age=31536000, immutable'

interface Asset {
  type: string
  bytes: Buffer
  /** Null of what is packed already. */
  packed: Buffer | null
  tag: string
  cache: string
}

export interface Assets {
  find(pathname: string): Asset | null
  /** The names of the frame's own script and style. */
  script: string
  style: string
}

/** What the build made for websites' visitors, read once; null where there was no build, as while developing. */
export function readAssets(folder: string): Assets | null {
  try {
    const names = readdirSync(path.join(folder, 'assets'))
    const load = (name: string, cache: string) => toAsset(path.join(folder, name), cache)
    const found = new Map(
      names.map((name) => [`/widget/assets/${name}`, load(`assets/${name}`, ASSET_CACHE)]),
    )
    found.set('/widget.js', load('widget.js', SCRIPT_CACHE))
    const named = (start: RegExp) => names.find((name) => start.test(name)) ?? ''
    return {
      find: (pathname) => found.get(pathname) ?? null,
      script: named(/^app-.*\.js$/),
      style: named(/^style-.*\.css$/),
    }
  } catch {
    return null
  }
}

function toAsset(file: string, cache: string): Asset {
  const bytes = readFileSync(file)
  const extension = path.extname(file)
  return {
    type: TYPES[extension] ?? 'application/octet-stream',
    bytes,
    packed: extension === '.woff2' ? null : gzipSync(bytes),
    tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    cache,
  }
}

/** Pages of any site load these, also those that ask for a word of consent from what they load. */
export function sendAsset(
  req: IncomingMessage,
  res: ServerResponse,
  { type, bytes, packed, tag, cache }: Asset,
) {
  const common = {
    'cache-control': cache,
    etag: tag,
    vary: 'accept-encoding',
    'cross-origin-resource-policy': 'cross-origin',
  }
  if (req.headers['if-none-match'] === tag) return res.writeHead(304, common).end()
  const takesGzip = /\bgzip\b/.test(String(req.headers['accept-encoding'] ?? ''))
  const body = packed && takesGzip ? packed : bytes
  res.writeHead(200, {
    ...common,
    'content-type': type,
    'content-length': body.length,
    ...(body === packed && { 'content-encoding': 'gzip' }),
  })
  res.end(req.method === 'HEAD' ? undefined : body)
}
