import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import type { Ctx } from '../../core/context.ts'
import { findWebsite } from '../../core/websites/find.ts'
import { websiteSettings } from '../../core/websites/website.ts'
import { type Assets, readAssets, sendAsset } from './assets.ts'

type Upload = (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<void>

const FOLDER = path.resolve('dist/widget')

/** What visitors of websites load: the script, its frame and the frame's files. */
export function createWidgetPages(ctx: Ctx, upload: Upload, assets: Assets | null = readAssets(FOLDER)) {
  return {
    serves: ({ pathname }: URL): boolean => pathname === '/widget.js' || pathname.startsWith('/widget/'),
    handle: async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> => {
      if (req.method === 'POST' && url.pathname === '/widget/files') return upload(req, res, url)
      if (req.method !== 'GET' && req.method !== 'HEAD') return answer(res, 405, 'Only GET')
      if (!assets) return answer(res, 404, 'The widget is not built: run npm run build')
      const asset = assets.find(url.pathname)
      if (asset) return void sendAsset(req, res, asset)
      if (url.pathname !== '/widget/app') return answer(res, 404, 'Not found')
      const website = await findWebsite(ctx, url.searchParams.get('site') ?? '')
      if (!website) return answer(res, 404, 'There is no website with this key')
      sendFrame(req, res, { assets, origins: websiteSettings(website).allowedOrigins })
    },
  }
}

interface Frame {
  assets: Assets
  origins: string[]
}

/** The frame's page holds nothing of anybody: who may show it is said by the website, origin by origin. */
function sendFrame(req: IncomingMessage, res: ServerResponse, { assets, origins }: Frame) {
  res.removeHeader('x-frame-options')
  res.setHeader('content-security-policy', framePolicy(req.headers.host, origins))
  res.setHeader('cross-origin-resource-policy', 'cross-origin')
  res.setHeader('cross-origin-embedder-policy', 'require-corp')
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  res.end(req.method === 'HEAD' ? undefined : frameHtml(assets))
}

const frameHtml = ({ script, style }: Assets) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<title>Chat</title>
<link rel="stylesheet" href="/widget/assets/${style}">
<div id="app"></div>
<script src="/widget/assets/${script}"></script>
</html>
`

function framePolicy(host: string | undefined, origins: string[]): string {
  // Older browsers do not count sockets of the same host as 'self'. What is no plain host gets into no header.
  const sockets =
    host && /^[\w.-]+(:\d+)?$|^\[[0-9a-f:.]+\](:\d+)?$/i.test(host) ? ` ws://${host} wss://${host}` : ''
  // A policy has no way to name an address of IPv6.
  const namable = origins.filter((origin) => !origin.includes('['))
  const rules = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'font-src': "'self'",
    'img-src': "'self' blob:",
    'media-src': "'self' blob:",
    'connect-src': `'self'${sockets}`,
    'form-action': "'none'",
    'base-uri': "'none'",
    'frame-ancestors': namable.length > 0 ? namable.join(' ') : "'none'",
  }
  return Object.entries(rules)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')
}

function answer(res: ServerResponse, status: number, text: string) {
  res
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(text)
}
