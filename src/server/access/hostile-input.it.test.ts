import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WIDGET_UNPROVED } from '../contract/close-codes.ts'
import { WIDGET_SOCKET } from '../contract/widget.ts'
import { openWebsite, SHOP, visit } from '../core/visitors/visitors.testing.ts'
import { findWebsite } from '../core/websites/find.ts'
import { appRouter } from '../transports/trpc/router.ts'
import { Window } from '../transports/widget/widget-server.testing.ts'
import { RawClient } from '../transports/ws/raw-client.testing.ts'
import { RAW_ROWS } from './raw-rows.testing.ts'
import { REST_ROWS } from './rest-rows.testing.ts'
import { type Call, type OpenRow, type Row, rolesOf } from './row.testing.ts'
import { TRPC_ROWS } from './trpc-rows.testing.ts'
import { openWorld, type World } from './world.testing.ts'

let world: World
beforeAll(async () => {
  world = await openWorld('hostile_input')
})
afterAll(() => world?.close())

/** Texts that PostgreSQL cannot store, as JSON spells them: NUL, and halves of a pair. */
const UNSTORABLE = ['nul\\u0000inside', '\\ud800', 'half \\udc00', '\\u0000']
/** Put in a number's place, and in a text's. */
const NUMBERS = ['1e400', '-1e400', '9'.repeat(400), '9007199254740993', '-0', '1e-400']
/** Keys with a meaning of their own in JavaScript, and a key twice. */
const PROTOTYPES = [
  '"__proto__":{"polluted":true,"role":"owner","isAdmin":true}',
  '"constructor":{"prototype":{"polluted":true}}',
  '"prototype":{"polluted":true},"toString":null,"hasOwnProperty":1',
  '"a":1,"a":{"polluted":true}',
]

const VISITOR_FRAMES: Record<string, object> = {
  message: { client_id: 'a', content: 'Hello', attachments: ['none'] },
  typing: { is_typing: true },
  read: { up_to: 1 },
  history: { before: 2 },
  resume: { after_seq: 0 },
  renew: { token: 'another' },
}

/** A body's JSON with, in turn, each of its texts and numbers replaced, and each hostile key beside its own. */
function* spoiled(body: object): Generator<[what: string, json: string]> {
  for (const path of leavesOf(body)) {
    const hole = JSON.stringify(withHole(body, path))
    const put = (text: string) => hole.replace('"<hole>"', () => text)
    for (const text of UNSTORABLE) yield [`${path.join('.')}: ${text}`, put(`"${text}"`)]
    for (const number of NUMBERS) yield [`${path.join('.')}: ${number.slice(0, 20)}`, put(number)]
  }
  const own = JSON.stringify(body).slice(1, -1)
  for (const keys of PROTOTYPES) yield [keys, `{${[keys, own].filter(Boolean).join(',')}}`]
}

function leavesOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}

function withHole(value: unknown, [key, ...rest]: string[]): unknown {
  if (key === undefined) return '<hole>'
  if (Array.isArray(value)) return value.map((one, at) => (String(at) === key ? withHole(one, rest) : one))
  const object = value as Record<string, unknown>
  return { ...object, [key]: withHole(object[key], rest) }
}

const isCall = (row: object): row is Row => 'call' in row
const objectOf = (body: unknown) => (typeof body === 'object' && body !== null ? body : {})
const expectUnpolluted = () => expect((Object.create({}) as { polluted?: unknown }).polluted).toBeUndefined()

async function expectForeseen(what: string, response: Response) {
  const text = await response.text()
  expect.soft(response.status, `${what}: ${text.slice(0, 300)}`).toBeLessThan(500)
  expect.soft(text, what).not.toMatch(/"stack"|node_modules|INTERNAL/)
}

const callerFor = async (row: Row, call: Call) => {
  const { may } = rolesOf(world, row.right)
  return call.by ?? (may === 'bot' ? { token: await world.newKey(['ai']), cookie: '' } : may)
}

describe('texts that cannot be stored, numbers that are none, and keys of JavaScript’s own', () => {
  const changes = (row: [string, Row | OpenRow]): row is [string, Row] =>
    isCall(row[1]) && !row[0].startsWith('GET')
  it.each(Object.entries(REST_ROWS).filter(changes))('in the body of %s are foreseen', async (name, row) => {
    const [method = '', path = ''] = name.split(' ')
    const call = await row.call(world)
    const { token } = await callerFor(row, call)
    for (const [what, body] of spoiled(objectOf(call.body))) {
      const { params = [] } = call
      const rest = [...params]
      const target = path.replace(/\{\w+\}/g, () => encodeURIComponent(String(rest.shift() ?? '')))
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      await expectForeseen(what, await fetch(world.origin + target, { method, headers, body }))
    }
    expectUnpolluted()
  })

  const open = Object.keys(REST_ROWS).filter((name) => !isCall(REST_ROWS[name] ?? {}))
  it.each(open)('in the body of %s, which is open, are foreseen', async (name) => {
    const [method = '', path = ''] = name.split(' ')
    if (method === 'GET') return
    const target = path.replace(/\{\w+\}/g, 'none')
    const fields = ['username', 'email', 'email_or_username', 'password', 'first_name', 'refresh', 'token']
    const sound = Object.fromEntries([...fields, 'otp', 'last_name'].map((field) => [field, 'sound text']))
    const headers = { 'content-type': 'application/json' }
    for (const [what, body] of spoiled(sound))
      await expectForeseen(what, await fetch(world.origin + target, { method, headers, body }))
    expectUnpolluted()
  })

  it.each([{ token: 'one that somebody made up' }, { user_id: '7', hmac: 'ab'.repeat(32) }])(
    'in what a page asks a visitor’s session with, %j, are foreseen',
    async (identity) => {
      const { siteKey } = await openWebsite(world.ada.person.as)
      const headers = { 'content-type': 'application/json', origin: SHOP }
      const url = `${world.origin}/api/v1/widget/session/`
      for (const [what, body] of spoiled({ site_key: siteKey, visitor: 'kept', identity }))
        await expectForeseen(what, await fetch(url, { method: 'POST', headers, body }))
      expectUnpolluted()
    },
  )

  it('in the key of a website are those of none', async () => {
    for (const key of ['\0', '\ud800', "'", '9'.repeat(400)])
      expect(await findWebsite(world.ctx, key)).toBeNull()
  })

  it.each(Object.keys(WIDGET_SOCKET.client))('in a visitor’s frame %s are foreseen', async (type) => {
    const { siteKey } = await openWebsite(world.ada.person.as)
    const window = new Window(world.port, (await visit(world.ctx, siteKey)).token)
    await window.next('welcome')
    for (const [, json] of spoiled({ type, ...VISITOR_FRAMES[type] })) window.send(json)
    if (type === 'renew') expect(await window.end()).toBe(WIDGET_UNPROVED)
    else window.send({ type: 'ping' })
    if (type !== 'renew') await window.next('pong')
    expect(JSON.stringify(window.frames)).not.toMatch(/"internal"|Internal server error/)
    window.close()
    expectUnpolluted()
  })

  const listed = Object.entries(REST_ROWS).filter(([name, row]) => isCall(row) && name.startsWith('GET'))
  it.each(listed as [string, Row][])('in the query of %s are foreseen', async (name, row) => {
    const [, path = ''] = name.split(' ')
    const call = await row.call(world)
    const { token } = await callerFor(row, call)
    const rest = [...(call.params ?? [])]
    const target = path.replace(/\{\w+\}/g, () => encodeURIComponent(String(rest.shift() ?? '')))
    const keys = ['search', 'page', 'page_size', 'offset', 'limit', 'hours', 'email', 'status', 'order_by']
    for (const value of [
      '%00',
      '%ED%A0%80',
      '%ff',
      '9'.repeat(400),
      '1e400',
      '-1',
      '(a%2B)%2B%24',
      '%25_%5C',
    ])
      for (const query of [keys.map((key) => `${key}=${value}`).join('&'), `__proto__=${value}&search=x`]) {
        const headers = { authorization: `Bearer ${token}` }
        await expectForeseen(query, await fetch(`${world.origin}${target}?${query}`, { headers }))
      }
    expectUnpolluted()
  })

  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>
  const rows = Object.entries(TRPC_ROWS).filter((entry): entry is [string, Row] => isCall(entry[1]))
  it.each(rows)('in the input of %s are foreseen', async (name, row) => {
    const call = await row.call(world)
    const { cookie } = await callerFor(row, call)
    const isQuery = procedures[name]?._def.type === 'query'
    const headers = { origin: world.origin, 'content-type': 'application/json', cookie }
    for (const [what, body] of spoiled(objectOf(call.body))) {
      const response = isQuery
        ? await fetch(`${world.origin}/trpc/${name}?input=${encodeURIComponent(body)}`, { headers })
        : await fetch(`${world.origin}/trpc/${name}`, { method: 'POST', headers, body })
      await expectForeseen(what, response)
    }
    expectUnpolluted()
  })

  it.each(Object.entries(RAW_ROWS))('in the frame %s are foreseen', async (name, frameOf) => {
    const [path = '', type = ''] = name.split(' ')
    const hers = await world.openThread()
    const address = `${path.replace('{conversation_id}', hers.conversationId)}?token=${world.ada.token}`
    const client = await RawClient.open(world.port, address)
    for (const [, json] of spoiled({ type, ...frameOf(hers) })) client.send(json)
    await client.flush()
    expect(client.closed).toBeNull()
    const told = JSON.stringify(client.frames)
    expect(told).not.toMatch(/"internal"|Internal server error/)
    await client.close()
    expectUnpolluted()
  })
})
