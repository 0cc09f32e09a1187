import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { WebSocket } from 'ws'
import { listPath } from '../support/raw-socket.ts'
import { nested, Refusals } from '../support/refusals.ts'
import { call } from '../support/rest.ts'
import type { Shop } from '../support/shop.ts'
import { headersOf, Wire } from '../support/wire.ts'

test.describe.configure({ mode: 'default' })

const MAX_BODY_BYTES = 1024 * 1024

let refusals: Refusals
let shop: Shop
let own: string
test.beforeAll(async () => {
  refusals = await Refusals.open(7_600_011)
  ;({ shop, own } = refusals)
})
test.afterAll(() => refusals.close())

type Headers = Record<string, string>
const json = { 'Content-Type': 'application/json' }

/** Every wire that reads a body, each with what its caller needs to be let in. */
const wires = (): Record<string, { path: string; headers: Headers }> => ({
  REST: {
    path: `/api/v1/message/conversation/${own}/send-message/`,
    headers: { ...json, Authorization: `Bearer ${shop.owner.access}` },
  },
  'signing in over REST': { path: '/api/v1/usr/login', headers: json },
  'a webhook': { path: shop.bot.path, headers: { ...json, ...shop.bot.headers } },
  tRPC: { path: '/trpc/messages.send', headers: { ...json, ...shop.console.headers } },
  'signing in at the console': {
    path: '/api/auth/callback/credentials',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', origin: `http://${shop.host}` },
  },
})

/** Posts `size` bytes, with their number or in chunks; 0 where the connection was cut while they were still coming. */
async function post(name: string, size: number, isChunked: boolean): Promise<number> {
  const { path, headers } = wires()[name] ?? { path: '/', headers: {} }
  const wire = new Wire(shop.host)
  const length: Headers = isChunked ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': String(size) }
  wire.write(`POST ${path} HTTP/1.1\r\n${headersOf({ Host: shop.host, ...headers, ...length })}\r\n`)
  const piece = Buffer.alloc(size, 'x')
  wire.write(isChunked ? `${size.toString(16)}\r\n${piece}\r\n0\r\n\r\n` : piece)
  await wire.answered()
  wire.end()
  return wire.status
}

test('a body of one byte too many is 413 on every wire, whether or not its length is told', () =>
  refusals.changeNothing(async () => {
    for (const name of Object.keys(wires()))
      for (const isChunked of [false, true])
        expect
          .soft(await post(name, MAX_BODY_BYTES + 1, isChunked), `${name}${isChunked ? ', in chunks' : ''}`)
          .toBe(413)
  }))

test('a body whose length is told twice or wrongly is no request at all', () =>
  refusals.changeNothing(async () => {
    const { path, headers } = wires().REST ?? { path: '', headers: {} }
    for (const length of [
      'Content-Length: 2\r\nContent-Length: 30',
      'Content-Length: 2\r\nTransfer-Encoding: chunked',
      'Content-Length: -1',
      'Content-Length: 2, 2',
      'Transfer-Encoding: chunked, identity',
      'Transfer-Encoding: xchunked',
    ]) {
      const wire = new Wire(shop.host)
      const head = headersOf({ Host: shop.host, ...headers })
      wire.write(
        `POST ${path} HTTP/1.1\r\n${head}${length}\r\n\r\n{}GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`,
      )
      await wire.over()
      expect.soft(wire.status, length).toBe(400)
      expect.soft(wire.received.toString('latin1').match(/HTTP\/1\.1 /g), length).toHaveLength(1)
      wire.end()
    }
  }))

/** Resident memory of the node, in megabytes. */
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

test('two hundred such bodies cost no memory, and messages flow meanwhile', async () => {
  test.setTimeout(120_000)
  const names = Object.keys(wires())
  const flood = async (count: number) => {
    for (let index = 0; index < count; index++)
      await post(names[index % names.length] ?? '', MAX_BODY_BYTES + 1, index % 2 === 0)
  }
  await flood(20)
  const before = memoryOf(shop.node.pid)
  const texts = Array.from({ length: 10 }, (_, index) => `Said meanwhile ${index}`)
  await Promise.all([
    flood(100),
    flood(100),
    (async () => {
      for (const text of texts) {
        await shop.console.send(own, text, randomUUID())
        await refusals.healthy.until(() => refusals.healthy.live.at(-1)?.content === text)
      }
    })(),
  ])
  expect(refusals.healthy.live.map(({ content }) => content)).toEqual(texts)
  expect(memoryOf(shop.node.pid) - before, 'held, they would be 200 MB').toBeLessThan(100)
})

/** The longest that a ping waited for its answer while the work was done: how long the node's one thread was taken. */
async function stallDuring(work: () => Promise<void>): Promise<number> {
  const ws = new WebSocket(`ws://${shop.host}${listPath(shop.owner.access)}`)
  let asked = 0
  let longest = 0
  const ask = () => {
    asked = performance.now()
    ws.send('{"type":"ping"}')
  }
  const answered = new Promise<void>((resolve, reject) => {
    ws.on('error', reject)
    ws.on('message', (data) => {
      if (!data.toString().startsWith('{"type":"pong"')) return ask()
      longest = Math.max(longest, performance.now() - asked)
      resolve()
      ask()
    })
  })
  await answered
  longest = 0
  await work()
  longest = Math.max(longest, performance.now() - asked)
  ws.terminate()
  return longest
}

const keys = (count: number) =>
  `{${Array.from({ length: count }, (_, index) => `"${index.toString(36)}":0`).join(',')}}`

const HOSTILE = (): [what: string, body: string][] => [
  ['200,000 levels', nested(200_000)],
  ['200,000 levels in a field', `{"content":"","a":${nested(200_000)}}`],
  ['200,000 objects in one another', `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`],
  ['opening brackets alone', '['.repeat(900_000)],
  ['brackets in a text', `{"content":"","a":"${'[{'.repeat(400_000)}"}`],
  ['100,000 keys', keys(100_000)],
  ['a number of a million digits', `{"content":"","a":${'9'.repeat(1_000_000)}}`],
  ['a number without an end', '{"content":1e400,"update_id":1e400,"page":-1e400}'],
  ['a million escapes', `{"content":"${'\\u0020'.repeat(170_000)}"}`],
  ['a million spaces', `{"content":"${' '.repeat(1_000_000)}"}`],
  ['keys of JavaScript’s own', '{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}},"prototype":1}'],
  ['a key many times', `{"content":"",${'"content":"",'.repeat(50_000)}"content":""}`],
]

test('bodies made to be slow are refused, and take the node no longer than honest ones of their size', () =>
  refusals.changeNothing(async () => {
    const names = ['REST', 'signing in over REST', 'a webhook', 'tRPC']
    const tell = async (body: string, check: (status: number, what: string) => void) => {
      for (const name of names) {
        const { path, headers } = wires()[name] ?? { path: '', headers: {} }
        const answer = await call(shop.host, path, { method: 'POST', headers, body })
        check(answer.status, name)
      }
    }
    const honest = `{"content":"","a":"${'The quick brown fox. '.repeat(49_000)}"}`
    const usual = await stallDuring(async () => {
      for (let index = 0; index < 5; index++) await tell(honest, () => {})
    })
    for (const [what, body] of HOSTILE()) {
      const stall = await stallDuring(() =>
        tell(body, (status, name) => {
          expect.soft(status, `${what}: ${name}`).toBeGreaterThanOrEqual(400)
          expect.soft(status, `${what}: ${name}`).toBeLessThan(500)
        }),
      )
      expect.soft(stall, `${what}, in ms`).toBeLessThan(10 * usual + 500)
    }
    const tooMany = keys(1_000_000)
    for (const name of names)
      expect.soft([0, 413], `a million keys: ${name}`).toContain(await post(name, tooMany.length, false))
  }))

test('searching takes every text as it is written, and no longer for any', async () => {
  const honest = 'Kim'
  const slow = [
    '%',
    '_',
    '\\',
    '%%%%%%%%%%_%_%_%',
    '(a+)+$',
    `${'a'.repeat(100)}!`,
    '%a'.repeat(60),
    '_'.repeat(199),
    '\\'.repeat(199),
    "'; --",
    '[[:alpha:]]*',
    '.*',
  ]
  await shop.bot.write(shop.host, 604, 'a'.repeat(4_000))
  const list = new WebSocket(`ws://${shop.host}${listPath(shop.owner.access)}`)
  await new Promise((resolve) => list.once('message', resolve))
  const raw = (search: string) =>
    new Promise<string>((resolve) => {
      list.once('message', (data) => resolve(data.toString()))
      list.send(JSON.stringify({ type: 'search_conversations', search_term: search }))
    })
  const search = async (text: string) => {
    const query = `?search=${encodeURIComponent(text)}`
    const rest = await call(shop.host, `/api/v1/message/customers/${query}`, { token: shop.owner.access })
    const inbox = await shop.console.ask('conversations.list', { view: 'all', search: text })
    return { rest, inbox, raw: await raw(text) }
  }
  const found = await search(honest)
  expect([found.rest.status, found.inbox.status]).toEqual([200, 200])
  for (const text of [found.rest.text, found.inbox.text, found.raw]) expect(text).toContain('Kim')
  const usual = await stallDuring(async () => void (await search(honest)))
  for (const text of slow) {
    const stall = await stallDuring(async () => {
      const answers = await search(text)
      expect.soft([answers.rest.status, answers.inbox.status], text).toEqual([200, 200])
      for (const told of [answers.rest.text, answers.inbox.text, answers.raw])
        expect.soft(told, `${text} is no pattern`).not.toContain('Kim')
    })
    expect.soft(stall, `${text}, in ms`).toBeLessThan(10 * usual + 500)
  }
  list.terminate()
})

test('none of it put a secret into the log, and nothing of it was unforeseen', () => refusals.expectQuiet())
