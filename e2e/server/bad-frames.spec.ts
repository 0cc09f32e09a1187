import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { decodeJwt, SignJWT } from 'jose'
import { z } from 'zod'
import { chatPath, listPath, RawSocket } from '../support/raw-socket.ts'
import { LONG, nested, Refusals } from '../support/refusals.ts'
import { call, type Person, register } from '../support/rest.ts'
import type { Shop } from '../support/shop.ts'

test.describe.configure({ mode: 'default' })

let refusals: Refusals
let shop: Shop
let stranger: Person
let own: string
let foreign: string
test.beforeAll(async () => {
  refusals = await Refusals.open(7_600_001)
  ;({ shop, stranger, own, foreign } = refusals)
})
test.afterAll(() => refusals.close())

test('a bad frame in a conversation is answered with an error frame, and the next good one is served', async () => {
  const socket = await RawSocket.open(shop.host, chatPath(own, shop.owner.access))
  const cases: [frame: unknown, error: RegExp][] = [
    ['{bad json', /^Invalid JSON format$/],
    ['', /^Invalid JSON format$/],
    ['{"type":"chat_message","content":"x"', /^Invalid JSON format$/],
    [nested(20_000), /^Invalid JSON format$/],
    [`{"type":"chat_message","content":"x","a":${nested(5_000)}}`, /^Invalid JSON format$/],
    ['[]', /./],
    ['null', /./],
    ['42', /./],
    ['"x"', /./],
    [Buffer.from('{"type":"chat_message","content":"binary"}'), /./],
    [Buffer.from([0xff, 0xfe, 0x00]), /./],
    [{ type: 'dance' }, /^Unknown message type$/],
    [{ type: 5, content: 'x' }, /^Unknown message type$/],
    [{ type: { a: 1 }, content: 'x' }, /^Unknown message type$/],
    [{ type: '__proto__', content: 'x' }, /^Unknown message type$/],
    [{ type: 'constructor' }, /^Unknown message type$/],
    [{}, /^Message content cannot be empty$/],
    [{ type: 'chat_message' }, /^Message content cannot be empty$/],
    [{ type: 'chat_message', content: ' \n\t ' }, /^Message content cannot be empty$/],
    [{ type: 'chat_message', content: 5 }, /./],
    [{ type: 'chat_message', content: ['x'] }, /./],
    [{ type: 'chat_message', content: { a: 'x' } }, /./],
    [{ type: 'chat_message', content: LONG }, /^Content too long$/],
    [{ type: 'chat_message', content: 'a\u0000b' }, /./],
    ['{"type":"chat_message","content":"half \\ud83d"}', /./],
    [{ type: 'typing' }, /./],
    [{ type: 'typing', is_typing: 'yes' }, /./],
    [{ type: 'typing', is_typing: 1 }, /./],
  ]
  await refusals.changeNothing(async () => {
    for (const [frame, error] of cases) {
      const what = String(typeof frame === 'string' ? frame.slice(0, 60) : JSON.stringify(frame))
      const answer = await socket.ask(frame, 'error')
      expect.soft(answer.error, what).toMatch(error)
      expect
        .soft(answer, what)
        .toMatchObject({ message: answer.error, timestamp: expect.stringMatching(/Z$/) })
    }
    expect(socket.of('error')).toHaveLength(cases.length)
    expect(socket.closed).toBeNull()
    expect(refusals.healthy.live.length + refusals.healthy.of('typing_indicator').length).toBe(0)
  })
  const live = refusals.healthy.next('chat_message')
  expect(await socket.ask({ type: 'chat_message', content: 'A good one' }, 'chat_message')).toBeTruthy()
  expect(await live).toMatchObject({ message: { content: 'A good one' } })
  socket.close()
})

test('paging that makes no sense is answered with a page that does', async () => {
  await refusals.changeNothing(async () => {
    const socket = await RawSocket.open(shop.host, chatPath(own, shop.owner.access))
    const bad = [
      null,
      { page: -1 },
      { page_size: 'many' },
      { page_size: 1e300 },
      { offset: {} },
      { page: 1e8 },
    ]
    for (const filters of bad) {
      const answer = await socket.ask({ type: 'get_messages', filters }, 'recent_messages')
      expect.soft(answer.pagination, JSON.stringify(filters)).toMatchObject({ page: expect.any(Number) })
    }
    const list = await RawSocket.open(
      shop.host,
      `${listPath(shop.owner.access)}&page_size=abc&page=-3&offset=x`,
    )
    for (const filters of bad) await list.ask({ type: 'get_conversations', filters }, 'conversations_list')
    for (const filters of [5, 'x', []]) {
      const wrong = { error: 'filters must be an object' }
      expect(await socket.ask({ type: 'get_messages', filters }, 'error')).toMatchObject(wrong)
      expect(await list.ask({ type: 'get_conversations', filters }, 'error')).toMatchObject(wrong)
    }
    expect(await list.ask({ type: 'chat_message', content: 'x' }, 'error')).toMatchObject({
      error: 'Unknown message type',
    })
    socket.close()
    list.close()
  })
})

test('a frame that is too large or no UTF-8 closes its own socket, with its own code, and no other', () =>
  refusals.changeNothing(async () => {
    const big = await RawSocket.open(shop.host, chatPath(own, shop.owner.access))
    big.send({ type: 'chat_message', content: 'x'.repeat(70_000) })
    await big.until(() => big.closed !== null)
    expect(big.closed?.code).toBe(1009)

    const garbled = await RawSocket.open(shop.host, chatPath(own, shop.owner.access))
    garbled.ws.send(Buffer.from([0x7b, 0xff, 0xff, 0x7d]), { binary: false })
    await garbled.until(() => garbled.closed !== null)
    expect(garbled.closed?.code).toBe(1007)
  }))

/** Closed with 1008 and a reason, without any frame before. */
async function expectTurnedAway(path: string) {
  const socket = new RawSocket(shop.host, path)
  await socket.until(() => socket.closed !== null)
  expect.soft(socket.closed?.code, path).toBe(1008)
  expect.soft(socket.frames, path).toEqual([])
  return socket.closed?.reason
}

/** Tokens that open nothing, by what is wrong with them. */
async function badTokens(): Promise<Record<string, string>> {
  const secrets = JSON.parse(readFileSync(`${shop.dataDir}/secrets.json`, 'utf8'))
  const key = new TextEncoder().encode(z.object({ jwt: z.string() }).parse(secrets).jwt)
  const claims = decodeJwt(shop.owner.access)
  const sign = (payload: object, alg = 'HS512', secret = key) =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg, typ: 'JWT' }).sign(secret)
  const [header = '', payload = '', signature = ''] = shop.owner.access.split('.')
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
  const left = await register(shop.host, 'left')
  await call(shop.host, '/api/v1/usr/logout', { token: left.access })
  return {
    empty: '',
    garbage: 'invalid_token',
    'a refresh token': shop.owner.refresh,
    'one that was logged out': left.access,
    'wrongly signed': await sign(
      claims,
      'HS512',
      new TextEncoder().encode('another secret of the same length'),
    ),
    'signed by another algorithm': await sign(claims, 'HS256'),
    'not signed at all': `${none}.${payload}.`,
    'with a cut signature': `${header}.${payload}.${signature.slice(0, -2)}`,
    expired: await sign({ ...claims, iat: 1_600_000_000, exp: 1_600_000_001 }),
    'never issued': await sign({ ...claims, jti: randomUUID() }),
    'of somebody else’s id': await sign({ ...claims, user_id: String(stranger.id) }),
    'of a nameless person': await sign({ ...claims, user_id: "1' OR '1'='1" }),
    'very long': `${header}.${'A'.repeat(9_000)}.${signature}`,
  }
}

test('a bad token opens no socket and no REST path, whatever is wrong with it', async () => {
  const tokens = await badTokens()
  await refusals.changeNothing(async () => {
    const paths = [chatPath(own, '').split('?')[0], '/ws/conversations/']
    for (const path of paths) expect(await expectTurnedAway(path ?? '')).toBeTruthy()
    for (const [what, token] of Object.entries(tokens)) {
      for (const path of paths) await expectTurnedAway(`${path}?token=${encodeURIComponent(token)}`)
      const answer = await call(shop.host, '/api/v1/message/user-conversation', { token })
      expect
        .soft([answer.status, answer.json], what)
        .toEqual([401, { detail: 'Authentication credentials were not provided.' }])
      expect(answer.headers['www-authenticate']).toBe('Bearer')
    }
    const broken = await call(shop.host, '/api/v1/message/user-conversation', {
      headers: { authorization: 'Basic eDp5' },
    })
    expect(broken.status).toBe(401)
  })
})

test('a conversation that is foreign, missing or misspelled cannot be told apart on a socket', () =>
  refusals.changeNothing(async () => {
    const reasons = new Set<string | undefined>()
    for (const id of [foreign, 'nothere', 'x'.repeat(11), '%00', '%2e%2e%2f', '%ff', "a'--", 'سلام'])
      reasons.add(
        await expectTurnedAway(
          `/ws/chat/${encodeURI(id).replaceAll('%25', '%')}/?token=${shop.owner.access}`,
        ),
      )
    expect(reasons.size).toBe(1)
  }))

test('a socket path that is none is 404 before the upgrade', () =>
  refusals.changeNothing(async () => {
    const token = `?token=${shop.owner.access}`
    for (const path of [
      '/ws/',
      '/ws/chat/',
      '/ws/chat',
      '/ws/elsewhere/',
      `/ws/chat/${own}/more/`,
      '/',
      '/inbox',
    ]) {
      const socket = new RawSocket(shop.host, `${path}${token}`)
      await socket.until(() => socket.closed !== null)
      expect.soft(socket.refused, path).toBe(404)
    }
  }))

test('none of it put a secret into the log, and nothing of it was unforeseen', () => refusals.expectQuiet())
