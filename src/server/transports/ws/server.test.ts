import { request } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { logout } from '../../core/accounts/logout.ts'
import { openTokens } from '../../core/accounts/tokens.ts'
import type { Person } from '../../core/cast.testing.ts'
import { openConversation } from '../../core/context.testing.ts'
import { endConnection } from '../../core/security/connections/end.ts'
import { listConnections } from '../../core/security/connections/list.ts'
import { RawClient } from './raw-client.testing.ts'
import { CONVERSATIONS, CUSTOMERS, chatPath, startRaw } from './raw-server.testing.ts'

let server: Awaited<ReturnType<typeof startRaw>>
let anna: Person
let chat: string
let foreign: string
beforeAll(async () => {
  server = await startRaw()
  anna = await server.enter('anna')
  chat = chatPath((await openConversation(anna.as)).id)
  const omar = await server.enter('omar')
  foreign = chatPath((await openConversation(omar.as)).id)
})
afterAll(() => server.close())

const origin = { userAgent: '', address: '' }
const closeOf = async (path: string) => {
  const client = new RawClient(server.port, path)
  const closed = await client.whenClosed()
  expect(client.frames).toEqual([])
  return closed
}

describe('the paths', () => {
  it.each([
    ['a conversation', () => chat, 'recent_messages'],
    ['the conversations', () => CONVERSATIONS, 'conversations_list'],
    ['the customers', () => CUSTOMERS, 'customers_list'],
  ])('of %s answer with and without their slash, with the snapshot first', async (_, path, first) => {
    for (const one of [path(), path().slice(0, -1), `${path()}?x=1&page_size=5`]) {
      const client = await server.connect(one, anna)
      expect(client.frames[0]?.type).toBe(first)
      await client.close()
    }
  })

  it.each(['/ws/', '/ws/chat/', '/ws/chat', '/ws/conversations/x/', '/ws/widget/', '/WS/customers/', '/'])(
    'do not hold %s: it is refused before the upgrade',
    async (path) => {
      expect(await closeOf(`${path}?token=${anna.token}`)).toMatchObject({ code: 1006 })
    },
  )
})

describe('who is let in', () => {
  it('is nobody without a token that is theirs and good', async () => {
    const { refresh_token } = await openTokens(server.ctx, anna.as.actor.userId, origin)
    const [head, body] = anna.token.split('.')
    for (const token of ['', 'garbage', `${head}.${body}.x`, refresh_token])
      for (const path of [chat, CONVERSATIONS, CUSTOMERS])
        expect(await closeOf(`${path}?token=${token}`)).toEqual({
          code: 1008,
          reason: 'Authentication failed',
        })
    expect(await closeOf(CONVERSATIONS)).toMatchObject({ code: 1008 })
  })

  it('may spell the token percent-encoded, behind other keys; the first one counts', async () => {
    const encoded = [...anna.token].map((char) => (char === '.' ? '%2E' : char)).join('')
    const client = await RawClient.open(server.port, `${chat}?page=2&token=${encoded}&token=garbage`)
    expect(client.frames[0]?.type).toBe('recent_messages')
    await client.close()
    expect(await closeOf(`${chat}?token=garbage&token=${anna.token}`)).toMatchObject({ code: 1008 })
  })

  it('learns nothing of a conversation that is somebody else’s, missing or no id at all', async () => {
    const refused = { code: 1008, reason: 'Conversation not found' }
    for (const path of [
      foreign,
      chatPath('nowhere'),
      chatPath('a-b'),
      chatPath('%00'),
      chatPath('x'.repeat(99)),
    ])
      expect(await closeOf(`${path}?token=${anna.token}`)).toEqual(refused)
  })

  it('is let go with 1008 by signing out', async () => {
    const nima = await server.enter('nima')
    const { access_token: token } = await openTokens(server.ctx, nima.as.actor.userId, origin)
    const [own, other] = await Promise.all([
      server.connect(CONVERSATIONS, { ...nima, token }),
      server.connect(CONVERSATIONS, nima),
    ])
    const { jti } = (await server.ctx.tokens.verify(token, 'access')) as { jti: string }
    const { sessionId } = (await server.ctx.accounts.findTokens(jti)) ?? { sessionId: '' }
    await logout({ ...nima.as, actor: { ...nima.as.actor, sessionId } })
    expect(await own.whenClosed()).toEqual({ code: 1008, reason: 'Session ended' })
    await other.flush()
    await other.close()
    expect(await closeOf(`${CONVERSATIONS}?token=${token}`)).toMatchObject({ code: 1008 })
  })
})

describe('a token that has had its time', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('ends the socket that it opened with 1008', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const short = await startRaw({ accessTtlMs: 60_000 })
    const olga = await short.enter('olga')
    const client = await short.connect(CONVERSATIONS, olga)
    await vi.advanceTimersByTimeAsync(58_000)
    await client.flush()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await client.whenClosed()).toMatchObject({ code: 1008 })
    vi.useRealTimers()
    await short.close()
  })
})

describe('a client in a hurry', () => {
  it('gets an answer to every frame that it sent before it was let in', async () => {
    const { findTokens } = server.ctx.accounts
    let open = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    Object.assign(server.ctx.accounts, { findTokens: (jti: string) => gate.then(() => findTokens(jti)) })
    const client = new RawClient(server.port, `${chat}?token=${anna.token}`)
    await client.whenOpen()
    for (let index = 0; index < 300; index++) client.send({ type: 'ping' })
    // Another round trip to the server: what was sent before it has arrived.
    await closeOf('/ws/conversations/?token=garbage')
    open()
    Object.assign(server.ctx.accounts, { findTokens })
    await client.until(() => client.of('pong').length === 300, '300 pongs')
    expect(client.frames[0]?.type).toBe('recent_messages')
    await client.close()
  })

  it('that floods is told to come again later, and nobody else is', async () => {
    const calm = await server.connect(chat, anna)
    const client = await server.connect(chat, anna)
    for (let index = 0; index < 5_000; index++) client.send({ type: 'chat_message', content: '' })
    expect(await client.whenClosed()).toEqual({ code: 1013, reason: 'Too many frames' })
    await calm.flush()
    await calm.close()
  })
})

it('tells everybody to connect again elsewhere when it stops', async () => {
  const stopping = await startRaw()
  const client = await stopping.connect(CONVERSATIONS, await stopping.enter('anna'))
  await stopping.close()
  expect(await client.whenClosed()).toEqual({ code: 1012, reason: 'Restarting' })
})

it('refuses a request that is no upgrade of a WebSocket', async () => {
  const headers = { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '7' }
  const status = await new Promise<number | undefined>((resolve) => {
    const ask = request({ port: server.port, host: '127.0.0.1', path: CONVERSATIONS, headers })
    ask.on('response', (response) => resolve(response.resume().statusCode)).end()
  })
  expect(status).toBe(400)
})

describe('whoever watches over connections', () => {
  const shown = async () => {
    await server.sockets.beat()
    return (await listConnections(anna.as)).connections
  }

  it('sees which sockets are open, and what they show, until they close', async () => {
    const clients = [await server.connect(chat, anna), await server.connect(CUSTOMERS, anna)]
    const seen = await shown()
    expect(seen.map(({ kind }) => kind).sort()).toEqual(['raw-chat', 'raw-customers'])
    const ofChat = seen.find(({ kind }) => kind === 'raw-chat')
    expect(ofChat).toMatchObject({ user: { id: anna.as.actor.userId }, node: 'here', lagBytes: 0 })
    expect(chatPath(ofChat?.conversation?.id ?? '')).toBe(chat)
    for (const client of clients) await client.close()
    await vi.waitFor(async () => expect(await shown()).toEqual([]))
  })

  it('ends one of them with 1008, and the token still opens another', async () => {
    const [ended, stays] = [await server.connect(chat, anna), await server.connect(CONVERSATIONS, anna)]
    const connectionId = (await shown()).find(({ kind }) => kind === 'raw-chat')?.id ?? ''
    await endConnection(anna.as, { connectionId })
    await server.sockets.beat()
    expect(await ended.whenClosed()).toEqual({ code: 1008, reason: 'Disconnected by an administrator' })
    const again = await server.connect(chat, anna)
    expect(again.frames[0]?.type).toBe('recent_messages')
    expect((await shown()).map(({ kind }) => kind).sort()).toEqual(['raw-chat', 'raw-conversations'])
    for (const client of [again, stays]) await client.close()
  })
})
