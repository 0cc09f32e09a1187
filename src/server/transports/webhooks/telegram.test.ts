import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTelegram } from '../../adapters/telegram/platform.ts'
import type { Ctx } from '../../core/context.ts'
import type { RawEvent } from '../../core/ports/inbox.ts'
import { createTelegramWebhook } from './telegram.ts'

const SECRET = 'secret-of-the-channel'
const stored = new Map<string, RawEvent>()
let isDown = false
const log = { info: () => {}, warn: () => {}, error: () => {} }
const channel = {
  id: 3,
  workspaceId: 1,
  source: 'telegram',
  provedAt: null,
  credentials: { token: '1:x', webhookSecret: SECRET },
}
const noted: object[] = []
const ctx = {
  platforms: { telegram: createTelegram({ apiRoot: 'http://127.0.0.1:1' }) },
  channels: {
    findByUsername: async (_: string, name: string) => (name === 'shop_bot' ? channel : null),
    prove: async () => {},
  },
  clock: { now: Date.now },
  inbox: {
    record: async ({ key, raw }: { key: string; raw: string }) => {
      if (isDown) throw new Error('connect ECONNREFUSED postgres://user:password@db')
      if (stored.has(key)) return null
      const event = {
        id: String(stored.size + 1),
        channelId: 3,
        workspaceId: 1,
        source: 'telegram' as const,
        raw,
      }
      stored.set(key, event)
      return event
    },
    done: async () => {},
  },
  security: { note: (event: object) => void noted.push(event) },
  log,
} as unknown as Ctx

const addressOf = () => '203.0.113.9'

let server: Server
let root: string
beforeAll(async () => {
  server = createServer(createTelegramWebhook({ ctx, kick: async () => {}, addressOf }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/message/webhook`
})
beforeEach(() => {
  stored.clear()
  isDown = false
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const chat = { id: 42, type: 'private' }
const text = { update_id: 1, message: { message_id: 1, chat, from: { id: 42, first_name: 'K' }, text: 'hi' } }
const post = async (body: string, path = 'shop_bot/', secret = SECRET) => {
  const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret }
  const response = await fetch(`${root}/${path}`, { method: 'POST', headers, body })
  return { status: response.status, body: await response.json(), headers: response.headers }
}
const SUCCESS = { status: 'success', message: 'Message received and processed successfully' }

test.each(['shop_bot/', 'shop_bot'])('a message to %s is stored raw before it is answered', async (path) => {
  expect(await post(JSON.stringify(text), path)).toMatchObject({ status: 200, body: SUCCESS })
  expect(stored.get('update:1')?.raw).toBe(JSON.stringify(text))
})

test('a repeated update is answered alike and stored once', async () => {
  await post(JSON.stringify(text))
  expect(await post(JSON.stringify(text))).toMatchObject({ status: 200, body: SUCCESS })
  expect(stored.size).toBe(1)
})

test('an update without a message is passed over', async () => {
  const body = { status: 'ignored', reason: 'Unsupported message type' }
  expect(await post('{"update_id":2,"my_chat_member":{}}')).toMatchObject({ status: 200, body })
})

test.each([
  ['{', 'shop_bot/', SECRET, 400, 'INVALID_TELEGRAM_DATA'],
  ['{}', 'other_bot/', SECRET, 404, 'CHANNEL_NOT_FOUND'],
  [JSON.stringify(text), 'shop_bot/', 'wrong', 401, 'INVALID_SECRET_TOKEN'],
  ['x'.repeat(1024 * 1024 + 1), 'shop_bot/', SECRET, 413, 'TOO_LARGE'],
])('%.10s… to %s with secret %s is %i', async (body, path, secret, status, code) => {
  expect(await post(body, path, secret)).toMatchObject({
    status,
    body: { status: 'error', error_code: code },
  })
  expect(stored.size).toBe(0)
})

const HEADER = 'X-Telegram-Bot-Api-Secret-Token'

/** Posts with the header as often as it is given, which no polite client does. */
const postWith = (secrets: string[], path = 'shop_bot/') =>
  new Promise<number>((resolve, reject) => {
    const { port, pathname } = new URL(root)
    const asked = request({ port, path: `${pathname}/${path}`, method: 'POST', agent: false }, (response) =>
      resolve(response.resume().statusCode ?? 0),
    )
    if (secrets.length > 0) asked.setHeader(HEADER, secrets)
    asked.on('error', reject).end(JSON.stringify(text))
  })

test('only the whole secret, once, is believed', async () => {
  const doors: Record<string, string[]> = {
    'no secret': [],
    'an empty one': [''],
    'its beginning': [SECRET.slice(0, -1)],
    'more than it': [`${SECRET}x`],
    'one of another length': ['x'],
    'one of its length': ['x'.repeat(SECRET.length)],
    'another spelling': [SECRET.toUpperCase()],
    'a very long one': ['x'.repeat(8_000)],
    'it twice': [SECRET, SECRET],
    'it behind a guess': ['guess', SECRET],
    'it before a guess': [SECRET, 'guess'],
    'it in a list': [`${SECRET}, ${SECRET}`],
  }
  for (const [what, secrets] of Object.entries(doors)) expect(await postWith(secrets), what).toBe(401)
  expect(await postWith([SECRET], `shop_bot/?secret=${SECRET}`)).toBe(200)
  expect(stored.size).toBe(1)
})

test.each([
  ['an edit', { edited_message: text.message }],
  ['an edit of what nobody has seen', { edited_message: { ...text.message, message_id: 999 } }],
  ['a reaction', { message_reaction: { chat, message_id: 1, new_reaction: [] } }],
])('%s is taken, whether or not its message is known', async (_, update) => {
  const answer = await post(JSON.stringify({ update_id: 76, ...update }))
  expect(answer).toMatchObject({ status: 200, body: { status: 'success' } })
})

test.each([
  ['deleted messages', { deleted_business_messages: { chat, message_ids: [1] } }],
  ['a post in a channel', { channel_post: { ...text.message, chat: { id: -1, type: 'channel' } } }],
  ['a kind that does not exist yet', { hologram: { chat, from: { id: 42 } } }],
  ['nothing', {}],
])('%s is taken, and made nothing of', async (_, update) => {
  const answer = await post(JSON.stringify({ update_id: 77, ...update }))
  expect(answer).toMatchObject({ status: 200, body: { status: 'ignored' } })
})

test('a wrong secret is counted against its address, in the workspace of the channel', async () => {
  noted.length = 0
  await post(JSON.stringify(text))
  expect(noted).toEqual([])
  await post(JSON.stringify(text), 'shop_bot/', 'wrong')
  expect(noted).toMatchObject([{ kind: 'failed_authentication', address: '203.0.113.9', workspaceId: 1 }])
})

test('while nothing can be stored Telegram is told to come again, and nothing else', async () => {
  isDown = true
  const answer = await post(JSON.stringify(text))
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  expect(JSON.stringify(answer.body)).not.toContain('postgres')
})

test('only POST is possible', async () => {
  expect((await fetch(`${root}/shop_bot/`)).status).toBe(405)
})
