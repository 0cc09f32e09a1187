import { expect, test } from '@playwright/test'
import { RawSocket } from '../support/raw-socket.ts'
import { call, type Person, register, shareWorkspace } from '../support/rest.ts'
import { Shop } from '../support/shop.ts'

/** The limits as they are when nobody sets any, but for bans: everything here comes from one address. */
const DEFAULTS = {
  MAX_MESSAGES_PER_MINUTE: '20',
  MAX_CONNECTIONS_PER_USER: '5',
  MAX_CONNECTIONS_PER_MINUTE: '10',
  ENABLE_SPAM_DETECTION: 'true',
  TRUSTED_PROXIES: '127.0.0.1',
  MAX_FAILED_AUTH_ATTEMPTS: '5',
}

let shop: Shop
test.beforeAll(async () => {
  shop = await Shop.open(7_700_000_001, DEFAULTS)
})
test.afterAll(() => shop?.close())

const chat = (id: string, token: string) => `/ws/chat/${id}/?token=${token}`
const list = (token: string) => `/ws/conversations/?token=${token}`
const sendPath = (id: string) => `/api/v1/message/conversation/${id}/send-message/`
/** A colleague with budgets of their own. */
const colleague = async (name: string): Promise<Person> => {
  const person = await register(shop.host, name)
  await shareWorkspace(shop.host, shop.owner, person)
  return person
}
const from = (address: string) => ({ 'x-forwarded-for': address })

test('a person may send 20 messages a minute over all rooms and wires, and the 21st is refused on each', async () => {
  const [one, two] = [await shop.conversation(101), await shop.conversation(102)]
  const [anna, omar] = [await colleague('anna'), await colleague('omar')]
  const rooms = [
    await RawSocket.open(shop.host, chat(one, anna.access)),
    await RawSocket.open(shop.host, chat(two, anna.access)),
  ]
  for (let index = 0; index < 19; index++)
    await rooms[index % 2]?.ask({ type: 'chat_message', content: `message number ${index}` }, 'chat_message')
  const rest = { token: anna.access, body: { content: 'the twentieth' } }
  expect((await call(shop.host, sendPath(one), rest)).status).toBe(201)
  const refused = await rooms[0]?.ask({ type: 'chat_message', content: 'the 21st' }, 'error')
  expect(refused).toMatchObject({ error: 'Rate limit exceeded' })
  const answer = await call(shop.host, sendPath(two), rest)
  expect(answer.status).toBe(429)
  expect(answer.json).toMatchObject({ error: 'Rate limit exceeded', error_code: 'RATE_LIMITED' })
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  // Pings and typing are no messages, and somebody else has a budget of their own.
  await rooms[0]?.ask({ type: 'ping' }, 'pong')
  expect(
    (await call(shop.host, sendPath(one), { token: omar.access, body: { content: 'mine' } })).status,
  ).toBe(201)
  for (const room of rooms) room.close()
})

test('a person may hold five sockets; the sixth is sent away with 1013 and the five stay', async () => {
  const mina = await colleague('mina')
  const held = []
  for (let index = 0; index < 5; index++) held.push(await RawSocket.open(shop.host, list(mina.access)))
  const sixth = new RawSocket(shop.host, list(mina.access))
  await sixth.until(() => sixth.closed !== null)
  expect(sixth.closed).toMatchObject({ code: 1013 })
  expect(sixth.frames).toEqual([])
  for (const socket of held) await socket.ask({ type: 'ping' }, 'pong')
  held.pop()?.close()
  await expect
    .poll(async () => {
      const next = new RawSocket(shop.host, list(mina.access))
      await next.until(() => next.frames.length > 0 || next.closed !== null)
      held.push(next)
      return next.closed
    })
    .toBeNull()
  for (const socket of held) socket.close()
})

test('a person may open ten sockets a minute', async () => {
  const kim = await colleague('kim')
  for (let index = 0; index < 10; index++) (await RawSocket.open(shop.host, list(kim.access))).close()
  const eleventh = new RawSocket(shop.host, list(kim.access))
  await eleventh.until(() => eleventh.closed !== null)
  expect(eleventh.closed).toMatchObject({ code: 1013 })
})

test('what the score calls spam is refused on both wires, and stored nowhere', async () => {
  const id = await shop.conversation(103)
  const lena = await colleague('lena')
  const socket = await RawSocket.open(shop.host, chat(id, lena.access))
  const spam = 'A'.repeat(22)
  expect(await socket.ask({ type: 'chat_message', content: spam }, 'error')).toMatchObject({
    error: 'Potential spam detected',
  })
  const answer = await call(shop.host, sendPath(id), { token: lena.access, body: { content: spam } })
  expect(answer).toMatchObject({ status: 400, json: { error_code: 'SPAM_DETECTED' } })
  await socket.ask({ type: 'chat_message', content: 'http://a http://b http://c http://d' }, 'chat_message')
  await socket.ask({ type: 'get_messages' }, 'recent_messages')
  expect(socket.history.map(({ content }) => content)).not.toContain(spam)
  socket.close()
})

test('five tokens that prove nobody ban their address, on every way in but webhooks, and no other address', async () => {
  const address = '198.51.100.7'
  const asked = (path: string, more: { token?: string } = {}) =>
    call(shop.host, path, { ...more, headers: from(address) })
  for (let index = 0; index < 5; index++)
    expect((await asked('/api/v1/usr/profile', { token: 'nonsense' })).status).toBe(401)
  expect((await asked('/api/v1/usr/profile', { token: shop.owner.access })).status).toBe(403)
  expect((await asked('/login')).status).toBe(403)
  expect((await asked('/healthz')).status).toBe(200)
  const other = await call(shop.host, '/api/v1/usr/profile', {
    token: shop.owner.access,
    headers: from('198.51.100.8'),
  })
  expect(other.status).toBe(200)
})

test('an expired token is refused and counted against nobody, and so is a wrong password', async () => {
  const address = '198.51.100.9'
  for (let index = 0; index < 6; index++) {
    const answer = await call(shop.host, '/api/v1/usr/login', {
      body: { email_or_username: shop.owner.login, password: 'wrong password' },
      headers: from(address),
    })
    expect(answer.status).toBe(400)
  }
  const answer = await call(shop.host, '/api/v1/usr/profile', {
    token: shop.owner.access,
    headers: from(address),
  })
  expect(answer.status).toBe(200)
})

test('too many wrong passwords for one account have to wait, from wherever they come', async () => {
  const vera = await register(shop.host, 'vera')
  const login = (password: string, index: number) =>
    call(shop.host, '/api/v1/usr/login', {
      body: { email_or_username: vera.login, password },
      headers: from(`203.0.113.${index}`),
    })
  for (let index = 0; index < 10; index++) expect((await login('wrong password', index)).status).toBe(400)
  const answer = await login('wrong password', 99)
  expect(answer.status).toBe(429)
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
})
