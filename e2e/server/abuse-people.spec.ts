import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { LegacyMessage } from '../../src/server/contract/legacy.ts'
import { Console, LiveReader } from '../support/console.ts'
import { query } from '../support/database.ts'
import { embeddedUrl } from '../support/folder.ts'
import { chatPath, listPath, RawSocket } from '../support/raw-socket.ts'
import { type Answer, call, register, shareWorkspace } from '../support/rest.ts'
import { expectNoSecrets, Shop } from '../support/shop.ts'

test.describe.configure({ mode: 'default' })

let shop: Shop
test.beforeAll(async () => {
  shop = await Shop.open(7_600_013, { ENABLE_SPAM_DETECTION: 'true' })
})
test.afterAll(() => shop?.close())

const PROFILE = '/api/v1/usr/profile'

const Sent = z.object({ data: z.object({ message: LegacyMessage }) })

test('a key that is repeated with another text answers the message that is stored, and stores no other', async () => {
  const id = await shop.conversation(901)
  const headers = { 'idempotency-key': randomUUID() }
  const send = (content: string): Promise<Answer> =>
    call(shop.host, `/api/v1/message/conversation/${id}/send-message/`, {
      token: shop.owner.access,
      body: { content },
      headers,
    })
  const first = Sent.parse((await send('The first text')).json).data.message
  const again = Sent.parse((await send('Another text')).json).data.message
  expect([again.id, again.content]).toEqual([first.id, 'The first text'])
  expect((await shop.console.thread(id)).map(({ content }) => content)).toEqual(['Hello', 'The first text'])
})

test('tokens that were rotated or signed out open nothing any more, on any wire', async () => {
  const nima = await register(shop.host, 'nima')
  const refresh = (token: string) =>
    call(shop.host, '/api/v1/usr/refresh-access', { body: { refresh: token } })
  const Rotated = z.object({ data: z.object({ access_token: z.string(), refresh_token: z.string() }) })
  const socket = await RawSocket.open(shop.host, listPath(nima.access))
  const next = Rotated.parse((await refresh(nima.refresh)).json).data
  expect((await call(shop.host, PROFILE, { token: next.access_token })).status).toBe(200)
  const expectDead = async (token: string) => {
    expect((await call(shop.host, PROFILE, { token })).status).toBe(401)
    const turnedAway = new RawSocket(shop.host, listPath(token))
    await turnedAway.until(() => turnedAway.closed !== null)
    expect(turnedAway.closed?.code).toBe(1008)
    expect(turnedAway.frames).toEqual([])
  }
  await expectDead(nima.access)
  expect((await refresh(nima.refresh)).status, 'a stolen refresh token').toBe(401)
  await expectDead(next.access_token)
  await socket.until(() => socket.closed !== null)
  expect(socket.closed?.code).toBe(1008)

  const mona = await register(shop.host, 'mona')
  await call(shop.host, '/api/v1/usr/logout', { token: mona.access })
  await expectDead(mona.access)
  expect((await refresh(mona.refresh)).status).toBe(401)
})

test('a customer who writes like a machine is held, never refused, and nobody else is', async () => {
  await shop.bot.write(shop.host, 902, 'Is it there?')
  for (let index = 0; index < 40; index++) await shop.bot.write(shop.host, 903, `Buy now, number ${index}`)
  await shop.bot.write(shop.host, 902, 'And in blue?')
  const held = await query(
    embeddedUrl(shop.dataDir),
    "SELECT c.source_id AS who, count(*)::int AS all, count(*) FILTER (WHERE m.held)::int AS held FROM message m JOIN conversation v ON v.id = m.conversation_id JOIN customer c ON c.id = v.customer_id WHERE c.source_id IN ('902','903') GROUP BY 1 ORDER BY 1",
  )
  expect(held).toMatchObject([
    { who: '902', all: 2, held: 0 },
    { who: '903', all: 40 },
  ])
  expect(Number(held[1]?.held)).toBeGreaterThan(10)
})

test('a person whose role changes or who is deleted loses every socket at once, and comes back as what they are', async () => {
  const id = await shop.conversation(905)
  const tina = await register(shop.host, 'tina')
  await shareWorkspace(shop.host, shop.owner, tina)
  const console = await Console.open(shop.host, tina)
  const reader = new LiveReader(() => console).followSignals()
  await expect.poll(() => reader.signals.length).toBeGreaterThan(0)
  const change = async (role: 'admin' | 'agent', opened: number) => {
    const raw = await RawSocket.open(shop.host, chatPath(id, tina.access))
    expect((await shop.console.tell('people.changeRole', { userId: tina.id, role })).status).toBe(200)
    await raw.until(() => raw.closed !== null, 5_000)
    expect(raw.closed?.code).toBe(1008)
    await expect.poll(() => reader.opened).toBe(opened)
  }
  await change('admin', 2)
  await change('agent', 3)
  expect(reader.closeCodes).toEqual([4403, 4403])

  const raw = await RawSocket.open(shop.host, chatPath(id, tina.access))
  await query(embeddedUrl(shop.dataDir), `DELETE FROM "user" WHERE id = ${tina.id}`)
  await raw.until(() => raw.closed !== null, 10_000)
  expect(raw.closed?.code).toBe(1008)
  await expect.poll(() => reader.closeCodes[2]).toBe(4401)
  expect((await call(shop.host, PROFILE, { token: tina.access })).status).toBe(401)
  await reader.close()
})

test('a console whose session ended elsewhere asks to sign in again, without a loop of sockets', async ({
  page,
}) => {
  const rana = await register(shop.host, 'rana')
  const { cookie } = await Console.open(shop.host, rana)
  const pairs = cookie.split('; ').map((pair) => pair.split(/=(.*)/s))
  const url = `http://${shop.host}`
  await page.context().addCookies(pairs.map(([name = '', value = '']) => ({ name, value, url })))
  const sockets: string[] = []
  page.on('websocket', (socket) => sockets.push(socket.url()))
  await page.goto(`${url}/inbox`)
  await expect.poll(() => sockets.length).toBe(1)
  await query(embeddedUrl(shop.dataDir), `UPDATE session SET revoked_at = now() WHERE user_id = ${rana.id}`)
  await page.waitForURL(/\/login/)
  expect(sockets.length).toBeLessThanOrEqual(2)
})

test('a picture’s address is kept and never fetched, whatever is done with its customer', async () => {
  const fetched: (string | undefined)[] = []
  const trap = createServer((req, res) => {
    fetched.push(req.url)
    res.end()
  })
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve))
  const picture = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/picture.svg`
  await shop.conversation(904)
  const { customer } = await shop.console.conversationWith(904)
  const token = shop.owner.access
  const item = `/api/v1/message/customer-item/${customer.id}/`
  const changed = await call(shop.host, item, { token, method: 'PATCH', body: { profile_picture: picture } })
  expect([changed.status, changed.text]).toEqual([200, expect.stringContaining(picture)])
  await shop.bot.write(shop.host, 904, `Look at ${picture}`)
  for (const path of [item, '/api/v1/message/customers', `/api/v1/customers/${customer.id}/export/`])
    expect((await call(shop.host, path, { token })).text).toContain(picture)
  expect((await call(shop.host, '/inbox', { headers: shop.console.headers })).status).toBe(200)
  expect(fetched).toEqual([])
  trap.close()
})

test('a bot’s token names no other place to be asked at', async () => {
  const before = shop.telegram.calls.length
  for (const bot_token of [
    '1:aaaaaaaaaaaaaaaa@evil.example/',
    '1:aaaaaaaaaaaaaaaa/../../getMe',
    '1:aaaaaaaaaaaaaaaa%2f..%2f',
    '1:aaaaaaaaaaaaaaaa?x=1#',
    '@127.0.0.1:6379/1:aaaaaaaaaaaaaaaa',
    '1:aaaaaaaaaaaaaaaa\r\nHost: evil.example',
  ]) {
    const body = { source: 'telegram', bot_token }
    const answer = await call(shop.host, '/api/v1/channels/', { token: shop.owner.access, body })
    expect.soft(answer.status, bot_token).toBe(400)
  }
  expect(shop.telegram.calls.length).toBe(before)
})

test('none of it put a secret into the log', () => expectNoSecrets(shop.node.output, shop.secrets))
