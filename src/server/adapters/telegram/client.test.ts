import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TelegramToken } from '../../contract/channel.ts'
import { MAX_ANSWER_BYTES } from '../read-answer.ts'
import { callTelegram } from './client.ts'

let answer: (res: ServerResponse) => void = (res) => res.end('{"ok":true}')
const asked: string[] = []
const server = createServer((req, res) => {
  asked.push(req.url ?? '')
  answer(res)
})
let root: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const TOKEN = '1:the-token-of-nobody'
const ask = (timeoutMs?: number) => callTelegram({ root, token: TOKEN, timeoutMs }, 'getMe', {})

test.each([301, 302, 303, 307, 308])(
  'a redirect with %i is not followed, wherever it leads',
  async (status) => {
    for (const location of ['/elsewhere', 'http://169.254.169.254/latest/meta-data', 'http://[::1]:6379/']) {
      asked.length = 0
      answer = (res) => res.writeHead(status, { location }).end()
      expect(await ask()).toMatchObject({ kind: 'answered', body: { ok: false } })
      expect(asked).toEqual([`/bot${TOKEN}/getMe`])
    }
  },
)

test('an answer that goes on is read as far as the bound, packed or not', async () => {
  const long = JSON.stringify({ ok: true, result: 'x'.repeat(MAX_ANSWER_BYTES) })
  answer = (res) => res.end(long)
  expect(await ask()).toEqual({ kind: 'lost' })
  const bomb = gzipSync(Buffer.alloc(64 * MAX_ANSWER_BYTES, 'x'))
  answer = (res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
  expect(await ask()).toEqual({ kind: 'lost' })
})

test('an answer that never comes, or never ends, is waited for no longer than allowed', async () => {
  answer = () => {}
  expect(await ask(50)).toEqual({ kind: 'lost' })
  answer = (res) => res.writeHead(200).write('{"ok":')
  expect(await ask(50)).toEqual({ kind: 'lost' })
})

test('no token names another host, path or query', () => {
  for (const token of [
    '1:aaaaaaaaaaaaaaaa@evil.example',
    '1:aaaaaaaaaaaaaaaa/../../x',
    '1:aaaaaaaaaaaaaaaa%2f..',
    '1:aaaaaaaaaaaaaaaa?x=1',
    '1:aaaaaaaaaaaaaaaa#x',
    '1:aaaaaaaaaaaaaaaa\\x',
    '1:aaaaaaaaaaaaaaaa\n',
    '1:aaaaaaaaaaaaaaaa\r\nHost: x',
    ' 1:aaaaaaaaaaaaaaaa',
    '@evil.example/1:aaaaaaaaaaaaaaaa',
    '../1:aaaaaaaaaaaaaaaa',
  ])
    expect(TelegramToken.safeParse(token).success, JSON.stringify(token)).toBe(false)
  expect(TelegramToken.safeParse('1:aaaaaaaaaaaaaaaa').success).toBe(true)
})
