import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { refuseUpgrade } from './transports/refuse-upgrade.ts'

/** How long a client may take over its headers and its whole request; Node looks for those who overrun every so often. */
export const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 }

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
  const server = createServer(timeouts).on('request', answerEarly).on('upgrade', refuseEarly)
  const serve = ({ request, upgrade }: Listeners) => {
    server.off('request', answerEarly).off('upgrade', refuseEarly)
    server.on('request', request).on('upgrade', upgrade)
  }
  return { server, serve }
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
