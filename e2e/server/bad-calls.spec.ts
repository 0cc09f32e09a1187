import { expect, test } from '@playwright/test'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { nested, Refusals } from '../support/refusals.ts'
import { call } from '../support/rest.ts'
import type { Shop } from '../support/shop.ts'

test.describe.configure({ mode: 'default' })

let refusals: Refusals
let shop: Shop
let own: string
let foreign: string
test.beforeAll(async () => {
  refusals = await Refusals.open(7_600_005)
  ;({ shop, own, foreign } = refusals)
})
test.afterAll(() => refusals.close())

const Refused = z.object({
  error: z.object({ message: z.string(), data: z.looseObject({ domain: z.string() }) }),
})

test('tRPC over HTTP refuses bad input with a code of ours and without a stack', () =>
  refusals.changeNothing(async () => {
    const good = { conversationId: own, content: 'x', clientId: 'c' }
    const cases: [input: unknown, status: number][] = [
      [{}, 400],
      ['{bad', 400],
      ['[]', 400],
      [nested(100_000), 400],
      [{ ...good, conversationId: 'x'.repeat(11) }, 400],
      [{ ...good, conversationId: '../../x' }, 400],
      [{ ...good, conversationId: { $ne: 1 } }, 400],
      [{ ...good, conversationId: 'nothere' }, 404],
      [{ ...good, conversationId: foreign }, 404],
      [{ ...good, clientId: '' }, 400],
      [{ ...good, clientId: 'k'.repeat(65) }, 400],
      [{ ...good, clientId: 'nul\u0000' }, 400],
      [{ ...good, clientId: '\ud800' }, 400],
      [{ ...good, content: ' ' }, 400],
      [{ ...good, content: 5 }, 400],
      [{ ...good, content: 'nul\u0000' }, 400],
      [{ ...good, content: 'x'.repeat(10_001) }, 400],
      [{ ...good, content: 'x'.repeat(1_100_000) }, 413],
    ]
    for (const [input, status] of cases) {
      const what = String(typeof input === 'string' ? input : JSON.stringify(input)).slice(0, 80)
      const answer = await shop.console.tell('messages.send', input)
      expect.soft(answer.status, what).toBe(status)
      const { message, data } = Refused.parse(answer.json).error
      expect.soft(data.domain, what).not.toBe('internal')
      expect
        .soft(`${message}${JSON.stringify(data)}`, what)
        .not.toMatch(/\bat .+:\d+:\d+|node_modules|SELECT|prisma/)
    }
    // What a page of anybody's can send without asking is refused before it is looked at.
    expect((await shop.console.tell('messages.send', undefined)).status).toBe(415)
    for (const procedure of ['conversations.get', 'messages.list'])
      for (const conversationId of [foreign, 'nothere'])
        expect.soft((await shop.console.ask(procedure, { conversationId })).status, procedure).toBe(404)
    for (const search of ['\u0000', '\ud800', '%', "'; --"])
      expect(
        (await shop.console.ask('conversations.list', { search })).status,
        JSON.stringify(search),
      ).toBeLessThan(500)
    expect(
      (await shop.console.ask('conversations.list', { after: { updatedAt: 'never', id: own } })).status,
    ).toBe(400)
    expect((await shop.console.ask('nowhere.atAll', {})).status).toBe(404)
    expect((await call(shop.host, '/trpc/people.me')).status).toBe(401)
    expect(
      (await call(shop.host, '/trpc/people.me', { headers: { cookie: 'next-auth.session-token=x' } })).status,
    ).toBe(401)
    const { cookie } = shop.console
    const forged = { cookie, origin: 'https://evil.example' }
    const elsewhere = await call(shop.host, '/trpc/messages.send', {
      method: 'POST',
      body: good,
      headers: forged,
    })
    expect(elsewhere.status).toBe(403)
    const many = Array.from({ length: 11 }, () => 'people.me').join(',')
    expect((await shop.console.ask(`${many}?batch=1`, undefined)).status).toBe(400)
  }))

/** A socket at `/trpc`, as the console's, whose answers are kept. */
function openTrpc(headers: Record<string, string>) {
  const ws = new WebSocket(`ws://${shop.host}/trpc`, { headers })
  const seen = { ws, answers: [] as unknown[], closed: null as number | null, refused: null as number | null }
  ws.on('message', (data) => {
    const text = data.toString()
    if (text === 'PING') ws.send('PONG')
    else if (text !== 'PONG') seen.answers.push(JSON.parse(text))
  })
  ws.on('unexpected-response', (_, response) => {
    seen.refused = response.statusCode ?? 0
    ws.terminate()
  })
  ws.on('close', (code) => {
    seen.closed = code
  })
  ws.on('error', () => {})
  return seen
}

test('tRPC over a socket answers what is bad, stays open, and is closed only by what is too large', () =>
  refusals.changeNothing(async () => {
    const socket = openTrpc(shop.console.headers)
    await expect.poll(() => socket.ws.readyState).toBe(WebSocket.OPEN)
    const subscribe = (path: string, input: unknown) => ({
      id: 1,
      method: 'subscription',
      params: { path, input },
    })
    const mutate = (input: unknown) => ({
      id: 2,
      method: 'mutation',
      params: { path: 'messages.send', input },
    })
    const good = { conversationId: own, content: 'x', clientId: 'c' }
    const bad = [
      '{bad',
      '[]',
      'null',
      '5',
      nested(20_000),
      { id: 1 },
      { id: 1, method: 'dance', params: { path: 'live.events' } },
      subscribe('nowhere', {}),
      subscribe('live.events', {}),
      subscribe('live.events', { position: 'x' }),
      subscribe('live.events', { position: `a:${'9'.repeat(30)}` }),
      subscribe('live.events', { position: 'a:1', lastEventId: "'; DROP TABLE event; --" }),
      mutate({ ...good, conversationId: foreign }),
      mutate({ ...good, content: '' }),
      mutate({ ...good, content: nested(1) }.content),
      {
        id: 3,
        method: 'mutation',
        params: { path: 'live.typing', input: { conversationId: foreign, isTyping: true } },
      },
      {
        id: 3,
        method: 'mutation',
        params: { path: 'live.typing', input: { conversationId: own, isTyping: 'yes' } },
      },
      Array.from({ length: 11 }, (_, id) => ({ id, method: 'query', params: { path: 'people.me' } })),
    ]
    for (const frame of bad) socket.ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
    socket.ws.send(Buffer.from([0xff, 0x00]))
    socket.ws.send(JSON.stringify({ id: 99, method: 'query', params: { path: 'people.me' } }))
    const good99 = () =>
      socket.answers
        .flat()
        .filter((one) => z.object({ id: z.literal(99), result: z.unknown() }).safeParse(one).success)
    await expect.poll(() => good99().length).toBe(1)
    expect(socket.closed).toBeNull()
    expect.soft(JSON.stringify(socket.answers)).not.toMatch(/"stack"|node_modules|SELECT|"domain":"internal"/)

    socket.ws.send('x'.repeat(70_000))
    await expect.poll(() => socket.closed).toBe(1009)
  }))

test('a tRPC socket opens for nobody who is not signed in, and for no foreign page', () =>
  refusals.changeNothing(async () => {
    const { origin = '', cookie = '' } = shop.console.headers
    for (const headers of [{ origin }, { origin, cookie: 'next-auth.session-token=garbage' }]) {
      const socket = openTrpc(headers as Record<string, string>)
      await expect.poll(() => socket.closed).toBe(4401)
      expect(socket.answers).toEqual([])
    }
    for (const headers of [
      { cookie },
      { cookie, origin: 'https://evil.example' },
      { cookie, origin: 'null' },
    ]) {
      const socket = openTrpc(headers as Record<string, string>)
      await expect.poll(() => socket.refused, JSON.stringify(headers.origin)).toBe(403)
    }
  }))

test('none of it put a secret into the log, and nothing of it was unforeseen', () => refusals.expectQuiet())
