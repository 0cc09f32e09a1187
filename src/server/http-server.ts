import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { refuseUpgrade } from './transports/refuse-upgrade.ts'
import { isUpload } from './transports/upload-path.ts'

/**
 * How long a client may take over its headers, over its whole request, and over one that brings a file; Node looks for
 * those who overrun every so often.
 */
export const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  uploadTimeout: 600_000,
  connectionsCheckingInterval: 2_000,
}

const RETRY_AFTER_SECONDS = '5'

interface Listeners {
  request(req: IncomingMessage, res: ServerResponse): void
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
}

/**
 * The HTTP server, which may listen before there is anything to serve: until `serve` it says that it lives, and asks
 * whoever wants more to come again.
 */
export function createHttpServer(timeouts: typeof TIMEOUTS = TIMEOUTS): {
  server: Server
  serve(listeners: Listeners): void
} {
  const { requestTimeout, uploadTimeout, ...others } = timeouts
  const server = createServer({ ...others, requestTimeout: uploadTimeout })
  // Node knows one bound for all requests: it is that of uploads, and all the others are bounded here.
  server.on('request', (req, res) => (isUpload(req) ? undefined : boundTime(req, res, requestTimeout)))
  server.on('request', answerEarly).on('upgrade', refuseEarly)
  const serve = ({ request, upgrade }: Listeners) => {
    server.off('request', answerEarly).off('upgrade', refuseEarly)
    server.on('request', request).on('upgrade', upgrade)
  }
  return { server, serve }
}

function boundTime(req: IncomingMessage, res: ServerResponse, ms: number) {
  if (req.complete) return
  const timer = setTimeout(() => {
    if (!res.headersSent) res.writeHead(408, { connection: 'close' }).end()
    else res.destroy()
  }, ms)
  const stop = () => clearTimeout(timer)
  req.once('end', stop).once('close', stop)
}

function answerEarly(req: IncomingMessage, res: ServerResponse) {
  const isAlive = req.url === '/healthz'
  const body = isAlive ? { status: 'ok' } : { error: 'Starting', error_code: 'SERVICE_UNAVAILABLE' }
  res
    .writeHead(isAlive ? 200 : 503, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      // A body that nobody reads must not be taken for the next request.
      ...(!isAlive && { 'retry-after': RETRY_AFTER_SECONDS, connection: 'close' }),
    })
    .end(JSON.stringify(body))
}

function refuseEarly(_: IncomingMessage, socket: Duplex) {
  socket.on('error', () => socket.destroy())
  refuseUpgrade(socket, '503 Service Unavailable', { 'Retry-After': RETRY_AFTER_SECONDS })
}
