import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpServer, TIMEOUTS } from './http-server.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function listen(timeouts?: typeof TIMEOUTS) {
  const { server, serve } = createHttpServer(timeouts)
  open.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { serve, port: (server.address() as AddressInfo).port }
}

/** Everything that is answered until the server ends the connection, which it must do by itself. */
async function say(port: number, text: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let told = ''
  socket.on('data', (data) => {
    told += data
  })
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'end')
  socket.destroy()
  return told
}

const get = (path: string, more = 'Connection: close\r\n') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`
const UPGRADE =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'

describe('before there is anything to serve', () => {
  it('it lives, and asks everybody else to come again', async () => {
    const { port } = await listen()
    expect(await say(port, get('/healthz'))).toMatch(/^HTTP\/1\.1 200 .*{"status":"ok"}/s)
    for (const path of ['/', '/readyz', '/api/v1/usr/login', '/api/v1/message/webhook/shop_bot/', '*'])
      expect(await say(port, get(path, '')), path).toMatch(/^HTTP\/1\.1 503 .*retry-after: \d+\r\n/is)
    expect(await say(port, get('/ws/conversations/', UPGRADE))).toMatch(
      /^HTTP\/1\.1 503 .*retry-after: \d+\r\n/is,
    )
  })

  it('a body that nobody read is not taken for a request', async () => {
    const { port } = await listen()
    const body = get('/healthz')
    const post = `POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    expect((await say(port, post)).match(/HTTP\/1\.1/g)).toEqual(['HTTP/1.1'])
  })

  it('what comes afterwards is served, and answered once', async () => {
    const { port, serve } = await listen()
    serve({
      request: (_, res) => void res.end('served'),
      upgrade: (_, socket) => void socket.end('HTTP/1.1 404 Not Found\r\n\r\n'),
    })
    expect(await say(port, get('/'))).toMatch(/served$/)
    expect(await say(port, get('/', UPGRADE))).toBe('HTTP/1.1 404 Not Found\r\n\r\n')
  })
})

describe('a client that takes its time', () => {
  const SHORT = {
    headersTimeout: 100,
    requestTimeout: 200,
    uploadTimeout: 1_000,
    connectionsCheckingInterval: 20,
  }

  it.each([
    ['before its first byte', ''],
    ['in its headers', 'POST / HTTP/1.1\r\nHost: x\r\nX-Slow:'],
    ['in half a handshake', `GET /ws/conversations/ HTTP/1.1\r\nHost: x\r\n${UPGRADE}`],
    ['in its body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{'],
    ['in a chunk', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'],
  ])('%s is answered 408 or cut off', async (_, text) => {
    const { port, serve } = await listen(SHORT)
    serve({ request: (req, res) => void req.on('end', () => res.end()).resume(), upgrade: () => {} })
    expect(await say(port, text)).toMatch(/^(HTTP\/1\.1 408 .*)?$/s)
  })

  it('has longer for a file, and not for ever', async () => {
    const { port, serve } = await listen(SHORT)
    const finished: string[] = []
    serve({
      request: (req, res) => void req.on('end', () => res.end(finished.push(req.url ?? ''))).resume(),
      upgrade: () => {},
    })
    const began = performance.now()
    const slow = 'POST /uploads/AB?name=x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{'
    expect(await say(port, slow)).toMatch(/^(HTTP\/1\.1 408 .*)?$/s)
    expect(performance.now() - began).toBeGreaterThan(900)
    expect(finished).toEqual([])
  })

  it('has no more than 35 seconds in all', () => {
    expect(TIMEOUTS.headersTimeout).toBeLessThanOrEqual(TIMEOUTS.requestTimeout)
    expect(TIMEOUTS.requestTimeout + TIMEOUTS.connectionsCheckingInterval).toBeLessThanOrEqual(35_000)
  })
})
