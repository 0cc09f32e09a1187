import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTelegramEmulator, type TelegramEmulator } from '../../emulators/telegram/start.ts'
import { demoCast } from './cast.ts'
import { createSimulator } from './simulator.ts'

const TOKEN = '7000000001:token-of-the-demo-that-stays-here'
const cast = demoCast(TOKEN)
const CHAT = 8_000_001
let emulator: TelegramEmulator
let server: Server
let origin: string
let root: string

beforeAll(async () => {
  emulator = await startTelegramEmulator()
  emulator.createBot(cast.bot)
  emulator.createUser({ id: CHAT, first_name: 'مریم' })
  emulator.openChat({ botId: cast.bot.id, userId: CHAT })
  const { url: emulatorUrl, controlKey } = emulator
  // Nobody's address: here the page's origin is known by the host alone.
  const publicUrl = 'https://desk.example'
  server = createServer(createSimulator({ emulatorUrl, controlKey, cast, publicUrl }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  root = `${origin}/simulator/api`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await emulator.close()
})

const post = (path: string, body: object, from = origin) =>
  fetch(`${root}/chats/${CHAT}/${path}`, {
    method: 'POST',
    headers: { origin: from },
    body: JSON.stringify(body),
  })

/** Reads a stream until the text is in it. */
const readUntil = async (text: string, headers: Record<string, string> = {}) => {
  const leaving = new AbortController()
  const response = await fetch(`${root}/chats/${CHAT}/events`, { headers, signal: leaving.signal })
  const decoder = new TextDecoder()
  let seen = ''
  for await (const chunk of response.body ?? []) {
    seen += decoder.decode(chunk, { stream: true })
    if (seen.includes(text)) break
  }
  leaving.abort()
  return seen
}

test('the cast is shown without the token of its bot', async () => {
  const text = await (await fetch(`${root}/cast`)).text()
  expect(JSON.parse(text)).toMatchObject({ bot: { username: 'peyk_demo_bot' }, people: { length: 8 } })
  expect(text).not.toContain(TOKEN)
})

test('what a customer writes is stored, shown and streamed', async () => {
  const stream = readUntil('سلام')
  const written = await (await post('messages', { text: 'سلام' })).json()
  expect(written).toMatchObject({ from: 'customer', text: 'سلام', edited: false })
  const chat = await (await fetch(`${root}/chats/${CHAT}`)).json()
  expect(chat).toEqual({ messages: [written], blocked: false })
  expect(await stream).toContain(JSON.stringify({ type: 'message', message: written }))
})

test('a stream resumes after its last position, and tells everything where that is gone', async () => {
  const first = await readUntil('id: ')
  const position = /id: (.+)/.exec(first)?.[1] ?? ''
  await post('messages', { text: 'missed' })
  expect(await readUntil('missed', { 'last-event-id': position })).not.toContain('سلام')
  expect(await readUntil('"blocked"', { 'last-event-id': 'nowhere' })).toContain('سلام')
})

test('a block is set and taken back', async () => {
  expect(await (await post('blocked', { blocked: true })).json()).toEqual({ blocked: true })
  expect(await (await fetch(`${root}/chats/${CHAT}`)).json()).toMatchObject({ blocked: true })
  await post('blocked', { blocked: false })
})

test('no other page may write as a customer', async () => {
  expect((await post('messages', { text: 'x' }, 'http://evil.test')).status).toBe(403)
  expect(
    (await fetch(`${root}/chats/${CHAT}/messages`, { method: 'POST', body: '{"text":"x"}' })).status,
  ).toBe(403)
})

test.each([
  ['chats/1', 404],
  ['chats/x', 404],
  ['other', 404],
  [`chats/${CHAT}/messages`, 405],
])('GET %s is %i', async (path, status) => {
  expect((await fetch(`${root}/${path}`)).status).toBe(status)
})

test('an empty message is refused', async () => {
  expect((await post('messages', { text: '' })).status).toBe(400)
})
