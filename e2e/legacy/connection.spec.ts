import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { decodeJwt, SignJWT } from 'jose'
import { z } from 'zod'
import { Cast, expectRefused, INSTANT, test } from '../support/cast.ts'
import { chatPath, listPath, RawSocket } from '../support/raw-socket.ts'
import { call, type Person, register } from '../support/rest.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const Rows = z.array(z.looseObject({ id: z.union([z.string(), z.number()]) }))
const idsOf = (rows: unknown) => Rows.parse(rows).map(({ id }) => id)

/** A token of A's claims, changed and signed anew. */
async function forge(changes: object, secret?: string): Promise<string> {
  const kept = JSON.parse(readFileSync(`${cast.shop.dataDir}/secrets.json`, 'utf8'))
  const key = new TextEncoder().encode(secret ?? z.object({ jwt: z.string() }).parse(kept).jwt)
  const claims = { ...decodeJwt(cast.a.access), ...changes }
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS512', typ: 'JWT' }).sign(key)
}

test.describe('Connection and authentication', () => {
  test('chat C1 with tokA opens: the first frame is recent_messages with an array of messages and a timestamp', async () => {
    const socket = await cast.chat()
    expect(socket.frames[0]).toMatchObject({ type: 'recent_messages', timestamp: INSTANT })
    expect(Array.isArray(socket.frames[0]?.messages)).toBe(true)
    socket.close()
  })

  test('conversations with tokA: the first frame is conversations_list, which holds C1, C2, C0 and not C9', async () => {
    const socket = await cast.list()
    expect(socket.frames[0]).toMatchObject({ type: 'conversations_list', filters: {}, timestamp: INSTANT })
    expect(new Set(idsOf(socket.frames[0]?.conversations))).toEqual(new Set([cast.c1, cast.c2, cast.c0]))
    socket.close()
  })

  test('customers with tokA: the first frame is customers_list', async () => {
    const socket = await cast.customers()
    expect(socket.frames[0]).toMatchObject({ type: 'customers_list', filters: {}, timestamp: INSTANT })
    expect(idsOf(socket.frames[0]?.customers)).toHaveLength(3)
    socket.close()
  })

  test('every socket opens with and without the trailing slash', async () => {
    for (const path of [`/ws/chat/${cast.c1}`, '/ws/conversations', '/ws/customers'])
      for (const slash of ['', '/']) {
        const socket = await RawSocket.open(cast.host, `${path}${slash}?token=${cast.a.access}`)
        expect(socket.frames[0]?.type, `${path}${slash}`).toMatch(/^(recent_messages|\w+_list)$/)
        socket.close()
      }
  })

  test('chat C1 without a token is refused', async () => {
    await expectRefused(cast.host, `/ws/chat/${cast.c1}/`)
    await expectRefused(cast.host, `/ws/chat/${cast.c1}/?token=`)
  })

  test('chat C1 with token=invalid_token is refused', () =>
    expectRefused(cast.host, chatPath(cast.c1, 'invalid_token')))

  test('chat C1 with a token signed by another secret, and with alg:none, is refused', async () => {
    await expectRefused(
      cast.host,
      chatPath(cast.c1, await forge({}, 'a secret that is not the server’s own')),
    )
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    await expectRefused(cast.host, chatPath(cast.c1, `${none}.${cast.a.access.split('.')[1]}.`))
  })

  test('chat C1 with a token whose age is over 7 days is refused', async () => {
    const old = Math.floor(Date.now() / 1000) - 8 * 86_400
    await expectRefused(cast.host, chatPath(cast.c1, await forge({ iat: old, exp: old + 7 * 86_400 })))
  })

  test('a token that has no jti of ours, however well signed, is refused', async () => {
    await expectRefused(cast.host, chatPath(cast.c1, await forge({ jti: undefined })))
  })

  test('chat C1 with refA is refused', () => expectRefused(cast.host, chatPath(cast.c1, cast.a.refresh)))

  test('chat C9 with tokA is refused with the same observable outcome as an id that does not exist', async () => {
    const foreign = await expectRefused(cast.host, chatPath(cast.c9, cast.a.access))
    expect(await expectRefused(cast.host, chatPath('missing', cast.a.access))).toBe(foreign)
    const own = await cast.chat(cast.c9, cast.b)
    expect(own.closed).toBeNull()
    own.close()
  })

  test('conversations with the token of a deleted user is refused, and their open sockets close with 1008', async () => {
    const gone = await register(cast.host, 'gone')
    const open = await cast.list(gone)
    const answer = await cast.rest('/usr/delete-account', { method: 'DELETE', as: gone })
    expect([answer.status, answer.json]).toMatchObject([200, { success: true }])
    await open.until(() => open.closed !== null)
    expect(open.closed?.code).toBe(1008)
    expect(open.closed?.reason).not.toBe('')
    await expectRefused(cast.host, listPath(gone.access))
    expect((await cast.rest('/usr/profile', { as: gone })).status).toBe(401)
  })

  test('after logout the open sockets close with 1008, and a new one with the old token is refused', async () => {
    const left = await register(cast.host, 'left')
    const open = [await cast.list(left), await cast.customers(left)]
    const answer = await cast.rest('/usr/logout', { as: left })
    expect([answer.status, answer.json]).toEqual([200, { success: true, data: { message: 'Logged out' } }])
    for (const socket of open) {
      await socket.until(() => socket.closed !== null, 5_000)
      expect(socket.closed?.code).toBe(1008)
      expect(socket.closed?.reason).not.toBe('')
    }
    await expectRefused(cast.host, listPath(left.access))
    expect((await cast.rest('/usr/refresh-access', { body: { refresh: left.refresh } })).status).toBe(401)
  })

  test('logging out of one session leaves the other sessions of the person open', async () => {
    const password = cast.a.password
    const login = await cast.rest('/usr/login', { body: { email_or_username: cast.a.login, password } })
    const { access_token } = z.object({ access_token: z.string() }).parse(login.json)
    const second: Person = { ...cast.a, access: access_token }
    const [first, other] = [await cast.chat(), await cast.chat(cast.c1, second)]
    await cast.rest('/usr/logout', { as: second })
    await other.until(() => other.closed !== null)
    expect(await first.ask({ type: 'ping' }, 'pong')).toMatchObject({ timestamp: INSTANT })
    first.close()
  })

  test('the token percent-encoded, and extra query keys before it, opens', async () => {
    const encoded = [...cast.a.access].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('')
    for (const query of [
      `token=${encoded}`,
      `client=web&v=2&token=${cast.a.access}`,
      `token=${cast.a.access}&token=x`,
    ]) {
      const socket = await RawSocket.open(cast.host, `/ws/chat/${cast.c1}/?${query}`)
      expect(socket.frames[0]?.type).toBe('recent_messages')
      socket.close()
    }
  })

  test('paging in the URL does not apply to the first push, which has filters {}', async () => {
    for (const socket of [
      await cast.list(cast.a, '&page_size=1'),
      await cast.customers(cast.a, '&page_size=1'),
    ]) {
      expect(socket.frames[0]).toMatchObject({
        filters: {},
        pagination: { page_size: 10, page: 1 },
        count: 3,
      })
      socket.close()
    }
  })

  test('a path that is none is 404 before the upgrade, and so is a path without an id', async () => {
    for (const path of [
      '/ws/chat/',
      '/ws/chat',
      '/ws/wizard-status/',
      '/ws/conversations/x/',
      '/ws/',
      '/elsewhere',
    ]) {
      const socket = new RawSocket(cast.host, `${path}?token=${cast.a.access}`)
      await socket.until(() => socket.closed !== null)
      expect(socket.refused, path).toBe(404)
    }
  })

  test('a used refresh token that comes again ends the session: its sockets close with 1008', async () => {
    const person = await register(cast.host, 'copied')
    const refresh = { body: { refresh: person.refresh } }
    const open = await cast.list(person)
    expect((await cast.rest('/usr/refresh-access', refresh)).status).toBe(200)
    await expectRefused(cast.host, listPath(person.access))
    expect(open.closed).toBeNull()
    expect((await call(cast.host, '/api/v1/usr/refresh-access', refresh)).status).toBe(401)
    await open.until(() => open.closed !== null)
    expect(open.closed?.code).toBe(1008)
  })

  test('ping is answered with pong on every socket', async () => {
    for (const socket of [await cast.chat(), await cast.list(), await cast.customers()]) {
      expect(await socket.ask({ type: 'ping' }, 'pong')).toEqual({ type: 'pong', timestamp: INSTANT })
      socket.close()
    }
  })

  test('an oversized frame closes with 1009, invalid UTF-8 with 1007; a binary frame is an error frame', async () => {
    const [big, garbled, binary] = [await cast.chat(), await cast.list(), await cast.customers()]
    big.send({ type: 'chat_message', content: 'x'.repeat(70_000) })
    garbled.ws.send(Buffer.from([0x7b, 0xff, 0x7d]), { binary: false })
    await binary.ask(Buffer.from('{"type":"ping"}'), 'error')
    await big.until(() => big.closed !== null)
    await garbled.until(() => garbled.closed !== null)
    expect([big.closed?.code, garbled.closed?.code, binary.closed]).toEqual([1009, 1007, null])
    binary.close()
  })

  test('a token that expires: its open sockets close with 1008, a new one is refused, REST is 401, refreshing goes on', async () => {
    const person = await register(cast.host, 'brief')
    await cast.query(
      `UPDATE refresh_token SET access_expires_at = now() + interval '2 seconds' WHERE user_id = ${person.id}`,
    )
    const open = await cast.list(person)
    await open.until(() => open.closed !== null)
    expect(open.closed?.code).toBe(1008)
    expect(open.closed?.reason).not.toBe('')
    await expectRefused(cast.host, listPath(person.access))
    expect((await cast.rest('/usr/profile', { as: person })).status).toBe(401)
    const answer = await cast.rest('/usr/refresh-access', { body: { refresh: person.refresh } })
    expect(answer.status).toBe(200)
  })
})
