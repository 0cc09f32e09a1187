import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Platform {
  url: string
  close(): void
}

const BOT = { id: 7_000_000_900, is_bot: true, first_name: 'Bench', username: 'peyk_bench_bot' }
export const BOT_TOKEN = `${BOT.id}:${'b'.repeat(35)}`
const BUSY = {
  ok: false,
  error_code: 429,
  description: 'Too Many Requests: retry later',
  parameters: { retry_after: 3600 },
}

/**
 * As much of the Bot API as connecting a bot and sending text needs. Unless it `takes` messages it asks to be left
 * alone: they are stored, queued and claimed, while the platform's own time stays out of the figures.
 */
export function startPlatform(takes: boolean): Promise<Platform> {
  let messageId = 0
  let webhook = ''
  const answers: Record<string, (body: { chat_id?: string; url?: string }) => object> = {
    getMe: () => ok(BOT),
    setWebhook: ({ url = '' }) => {
      webhook = url
      return ok(true)
    },
    getWebhookInfo: () => ok({ url: webhook, has_custom_certificate: false, pending_update_count: 0 }),
    sendMessage: ({ chat_id }) =>
      takes ? ok({ message_id: ++messageId, chat: { id: Number(chat_id) } }) : BUSY,
  }
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const method = req.url?.split('/').at(-1) ?? ''
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as { chat_id?: string; url?: string }
    send(res, answers[method]?.(body) ?? { ok: false, error_code: 404, description: 'Not Found' })
  })
  const close = () => void server.close().closeAllConnections()
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }),
    ),
  )
}

const ok = (result: unknown) => ({ ok: true, result })

function send(res: ServerResponse, body: object) {
  const status = 'error_code' in body ? Number(body.error_code) : 200
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
