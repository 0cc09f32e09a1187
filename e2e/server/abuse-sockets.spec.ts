import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { chatPath } from '../support/raw-socket.ts'
import { Refusals } from '../support/refusals.ts'
import { register } from '../support/rest.ts'
import type { Shop } from '../support/shop.ts'
import { CLOSE, CONTINUATION, closeFrame, frame, PING, TEXT, upgradeRequest, Wire } from '../support/wire.ts'

test.describe.configure({ mode: 'default' })

const MAX_UNAUTHENTICATED = 5
const MAX_FRAME_BYTES = 65_536

let refusals: Refusals
let shop: Shop
let own: string
test.beforeAll(async () => {
  refusals = await Refusals.open(7_600_007, { MAX_UNAUTHENTICATED_PER_ADDRESS: String(MAX_UNAUTHENTICATED) })
  ;({ shop, own } = refusals)
})
test.afterAll(() => refusals.close())

const SOCKETS = ['raw', 'console'] as const
const enter = (kind: (typeof SOCKETS)[number]): Promise<Wire> =>
  kind === 'raw'
    ? Wire.upgraded(shop.host, chatPath(own, shop.owner.access))
    : Wire.upgraded(shop.host, '/trpc', shop.console.headers)

const PING_TEXT = '{"type":"ping"}'
const many = (count: number, one: Buffer) => Buffer.concat(Array.from({ length: count }, () => one))

/** What no client of any library says, and the codes with which it may be closed. */
const UNHEARD: [what: string, bytes: Buffer, codes: number[]][] = [
  ['a frame without a mask', frame(TEXT, PING_TEXT, { isMasked: false }), [1002]],
  ...[4, 2, 1, 7].map((reserved): [string, Buffer, number[]] => [
    `the reserved bits ${reserved}`,
    frame(TEXT, PING_TEXT, { reserved }),
    [1002],
  ]),
  ...[3, 7, 11, 15].map((opcode): [string, Buffer, number[]] => [
    `the reserved opcode ${opcode}`,
    frame(opcode, PING_TEXT),
    [1002],
  ]),
  ['a ping of 126 bytes', frame(PING, 'x'.repeat(126)), [1002]],
  ['a ping in fragments', frame(PING, 'x', { isLast: false }), [1002]],
  ['a continuation of nothing', frame(CONTINUATION, 'x'), [1002]],
  [
    'a message within a message',
    Buffer.concat([frame(TEXT, 'x', { isLast: false }), frame(TEXT, 'y')]),
    [1002],
  ],
  ...[0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535].map((code): [string, Buffer, number[]] => [
    `the close code ${code}`,
    closeFrame(code),
    [1002],
  ]),
  ['half a close code', frame(CLOSE, 'x'), [1002]],
  ['a close whose reason is no UTF-8', closeFrame(1000, Buffer.from([0xff, 0xfe])), [1007]],
  ['a text that is no UTF-8', frame(TEXT, Buffer.from([0x22, 0xc3, 0x28, 0x22])), [1007]],
  ['half of a surrogate pair in UTF-8', frame(TEXT, Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])), [1007]],
  ['a frame of one byte too many', frame(TEXT, 'x'.repeat(MAX_FRAME_BYTES + 1)), [1009]],
  ['a frame that only claims to be large', frame(TEXT, '', { claimed: 2n ** 33n }), [1009]],
  ['a length beyond all numbers', frame(TEXT, '', { claimed: 2n ** 63n - 1n }), [1009]],
  [
    '16,385 fragments',
    Buffer.concat([
      frame(TEXT, 'x', { isLast: false }),
      many(16_384, frame(CONTINUATION, 'x', { isLast: false })),
    ]),
    [1008],
  ],
  [
    '20,000 empty fragments',
    Buffer.concat([
      frame(TEXT, '', { isLast: false }),
      many(20_000, frame(CONTINUATION, '', { isLast: false })),
    ]),
    [1008],
  ],
  [
    'a message in fragments that never ends',
    Buffer.concat([
      frame(TEXT, 'x'.repeat(1_024), { isLast: false }),
      many(64, frame(CONTINUATION, 'x'.repeat(1_024), { isLast: false })),
    ]),
    [1009],
  ],
  ['a flood of pings', many(5_000, frame(PING, 'x'.repeat(125))), [1008]],
  ['a flood of pongs', many(5_000, frame(10, '')), [1008]],
]

for (const kind of SOCKETS)
  test(`what no client says closes its own ${kind} socket with its own code, and no other`, () =>
    refusals.changeNothing(async () => {
      for (const [what, bytes, codes] of UNHEARD) {
        const wire = await enter(kind)
        wire.write(bytes)
        expect.soft(codes, `${what} is closed with ${await wire.closed()}`).toContain(wire.closeCode)
        wire.end()
      }
    }))

test('half a handshake is refused before the upgrade, and ends although its client stays', () =>
  refusals.changeNothing(async () => {
    const chat = chatPath(own, shop.owner.access)
    const cases: [what: string, request: string, status: number[]][] = []
    for (const [path, headers] of [
      [chat, {}],
      ['/trpc', { ...shop.console.headers, Host: shop.host }],
    ] as const) {
      const whole = upgradeRequest(path, headers)
      cases.push(
        ['no key', whole.replace(/Sec-WebSocket-Key.*\r\n/, ''), [400]],
        ['a short key', whole.replace(/(Sec-WebSocket-Key: ).*/, '$1eA=='), [400]],
        ['two keys', whole.replace(/(Sec-WebSocket-Key.*\r\n)/, '$1$1'), [400]],
        ['an old version', whole.replace('Version: 13', 'Version: 12'), [400, 426]],
        ['another protocol', whole.replace('Upgrade: websocket', 'Upgrade: h2c'), [400]],
        ['a POST', whole.replace('GET', 'POST'), [400, 405]],
      )
    }
    cases.push(
      ['a path that is none', upgradeRequest('/ws/nowhere/'), [404]],
      ['a target that is none', upgradeRequest('//'), [400, 404]],
      ['a foreign page', upgradeRequest('/trpc', { ...shop.console.headers, origin: 'null' }), [403]],
    )
    for (const [what, request, statuses] of cases) {
      const wire = new Wire(shop.host)
      wire.write(request)
      await wire.over()
      expect.soft(statuses, `${what} is answered ${wire.status}`).toContain(wire.status)
      wire.end()
    }
  }))

test('who proves nothing and stays takes no more than the places of their own address', () =>
  refusals.changeNothing(async () => {
    const crowd = '127.0.0.9'
    const nobody = chatPath(own, 'garbage')
    const held: Wire[] = []
    for (let index = 0; index < MAX_UNAUTHENTICATED; index++)
      held.push(
        index % 2
          ? await Wire.upgraded(shop.host, nobody, {}, crowd)
          : await Wire.upgraded(shop.host, '/trpc', { origin: `http://${shop.host}` }, crowd),
      )
    for (const wire of held) expect([1008, 4401]).toContain(await wire.closed())
    for (const path of [nobody, chatPath(own, shop.owner.access), '/trpc']) {
      const wire = new Wire(shop.host, crowd)
      wire.write(upgradeRequest(path, path === '/trpc' ? { ...shop.console.headers, Host: shop.host } : {}))
      await wire.over()
      expect.soft(wire.status, path.split('?')[0]).toBe(429)
      expect.soft(wire.received.toString('latin1')).toMatch(/retry-after: \d+/i)
      wire.end()
    }
    ;(await Wire.upgraded(shop.host, chatPath(own, shop.owner.access), {}, '127.0.0.10')).end()
    for (const wire of held) wire.end()
    await expect
      .poll(async () => {
        const wire = new Wire(shop.host, crowd)
        wire.write(upgradeRequest(nobody))
        await wire.answered()
        wire.end()
        return wire.status
      })
      .toBe(101)
  }))

/** Resident memory of the node, in megabytes. */
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

test('two hundred frames of one byte too many cost no memory, and who does no wrong is served meanwhile', async () => {
  const { pid } = shop.node
  const large = frame(TEXT, 'x'.repeat(MAX_FRAME_BYTES + 1))
  const flood = async (count: number) => {
    for (let index = 0; index < count; index++) {
      const wire = await enter(SOCKETS[index % 2] ?? 'raw')
      wire.write(large)
      expect(await wire.closed()).toBe(1009)
      wire.end()
    }
  }
  await flood(20)
  const before = memoryOf(pid)
  const texts = Array.from({ length: 10 }, (_, index) => `Said meanwhile ${index} ${randomUUID()}`)
  const seen = refusals.healthy.live.length
  await Promise.all([
    flood(200),
    (async () => {
      for (const text of texts) {
        await shop.console.send(own, text, randomUUID())
        await refusals.healthy.until(() => refusals.healthy.live.at(-1)?.content === text)
      }
    })(),
  ])
  expect(refusals.healthy.live.slice(seen).map(({ content }) => content)).toEqual(texts)
  expect(memoryOf(pid) - before).toBeLessThan(64)
})

test('somebody who comes afterwards is let in', async () => {
  const person = await register(shop.host, 'late')
  const wire = await Wire.upgraded(shop.host, `/ws/conversations/?token=${person.access}`)
  await expect.poll(() => wire.received.includes('conversations_list')).toBe(true)
  wire.end()
})

test('none of it put a secret into the log, and nothing of it was unforeseen', () => refusals.expectQuiet())
