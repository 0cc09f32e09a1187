import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { StoredChannel } from '../../core/ports/channels.ts'

export interface Asked {
  method: string
  type: string
  body: Buffer
  json: Record<string, unknown>
}

type Reply = [status: number, body: unknown] | ((request: IncomingMessage, response: ServerResponse) => void)

export const TOKEN = '123:token-of-the-shop-bot'

/** A Bot API that answers what it is told, in turn, and after that accepts everything. */
export async function startScripted(replies: Reply[] = []) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const reply = replies.shift() ?? [200, { ok: true, result: { message_id: 7, chat: { id: 42 } } }]
    if (typeof reply === 'function') return reply(request, response)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const type = request.headers['content-type'] ?? ''
    const json = type === 'application/json' ? JSON.parse(body.toString('utf8')) : {}
    asked.push({ method: request.url?.split('/').at(-1) ?? '', type, body, json })
    response.writeHead(reply[0], { 'content-type': 'application/json' }).end(JSON.stringify(reply[1]))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url, asked, replies, close, [Symbol.asyncDispose]: close }
}

/** A refusal as Telegram words it. */
export const refusal = (error_code: number, description: string, parameters?: object): [number, object] => [
  error_code,
  { ok: false, error_code, description, ...(parameters && { parameters }) },
]

export const channelAt = (apiRoot: string, token = TOKEN): StoredChannel => ({
  id: 1,
  workspaceId: 1,
  source: 'telegram',
  name: 'Shop',
  username: 'shop_bot',
  externalId: '1',
  isConnect: true,
  stoppedReason: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  apiRoot,
  settings: {},
  tokenExpiresAt: null,
  provedAt: null,
  credentials: { token, webhookSecret: 'secret-of-the-channel' },
})
