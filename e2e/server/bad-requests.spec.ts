import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { codeOf, LONG, nested, Refusals } from '../support/refusals.ts'
import { type Call, call } from '../support/rest.ts'
import type { Shop } from '../support/shop.ts'

test.describe.configure({ mode: 'default' })

let refusals: Refusals
let shop: Shop
let own: string
let foreign: string
test.beforeAll(async () => {
  refusals = await Refusals.open(7_600_003)
  ;({ shop, own, foreign } = refusals)
})
test.afterAll(() => refusals.close())

const BAD_IDS = [
  'nothere',
  'x'.repeat(11),
  '%00',
  '%2e%2e',
  '%2F',
  '..%2f..',
  '%ff',
  '%',
  '%E0%A4%A',
  "a'--",
  'a b',
  'سلام',
  '-1',
  'null',
]

const send = (id: string, given: Call = {}) =>
  call(shop.host, `/api/v1/message/conversation/${id}/send-message/`, {
    token: shop.owner.access,
    method: 'POST',
    ...given,
  })

test('a REST body that cannot be served is refused by its name', () =>
  refusals.changeNothing(async () => {
    const cases: [body: unknown, status: number, code?: string][] = [
      [{}, 400, 'EMPTY_CONTENT'],
      [undefined, 400, 'EMPTY_CONTENT'],
      [{ content: '  ' }, 400, 'EMPTY_CONTENT'],
      [{ content: null }, 400, 'EMPTY_CONTENT'],
      [{ content: 5 }, 400],
      [{ content: { a: 1 } }, 400],
      [{ content: LONG }, 400, 'CONTENT_TOO_LONG'],
      [{ content: 'a\u0000b' }, 400],
      ['{"content":"half \\udc00"}', 400],
      [{ content: 'x', type: 'AI' }, 400, 'INVALID_TYPE'],
      [{ content: 'x', type: 'customer' }, 400, 'INVALID_TYPE'],
      [{ content: 'x', type: 7 }, 400, 'INVALID_TYPE'],
      ['{bad', 400],
      ['[]', 400],
      ['null', 400],
      ['"x"', 400],
      [`{"content":"x","a":${nested(2_000)}}`, 400],
      [nested(100_000), 400],
      [Buffer.from([0x7b, 0xff, 0x7d]), 400],
      [{ content: 'x', filler: 'y'.repeat(1_100_000) }, 413],
    ]
    for (const [body, status, code] of cases) {
      const what = String(typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 60)
      const answer = await send(own, { body })
      expect.soft(answer.status, what).toBe(status)
      expect.soft(z.looseObject({ error: z.string().min(1) }).safeParse(answer.json).success, what).toBe(true)
      if (code) expect.soft(codeOf(answer), what).toBe(code)
    }
    const plain = await send(own, {
      body: 'content=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(plain.status).toBe(415)
    const key = await send(own, { body: { content: 'x' }, headers: { 'idempotency-key': 'k'.repeat(65) } })
    expect(key.status).toBe(400)
    const status = (body: unknown) =>
      call(shop.host, `/api/v1/message/conversation/${own}/status/`, {
        token: shop.owner.access,
        method: 'PATCH',
        body,
      })
    expect(codeOf(await status({}))).toBe('MISSING_STATUS')
    expect(codeOf(await status({ status: 'gone' }))).toBe('INVALID_STATUS')
    expect(codeOf(await status({ status: ['closed'] }))).toBe('INVALID_STATUS')
  }))

test('an id that is foreign, missing or misspelled is the same 404 on REST', () =>
  refusals.changeNothing(async () => {
    const missing = await send('nothere', { body: { content: 'x' } })
    expect([missing.status, codeOf(missing)]).toEqual([404, 'CONVERSATION_NOT_FOUND'])
    const same = await send(foreign, { body: { content: 'x' } })
    expect([same.status, same.text]).toEqual([missing.status, missing.text])
    for (const id of BAD_IDS) {
      const path = `/api/v1/message/conversation/${id === 'سلام' || id === 'a b' ? encodeURIComponent(id) : id}`
      for (const [tail, method, body] of [
        ['send-message/', 'POST', { content: 'x' }],
        ['status/', 'PATCH', { status: 'closed' }],
      ] as const) {
        const answer = await call(shop.host, `${path}/${tail}`, { token: shop.owner.access, method, body })
        expect.soft(answer.status, `${method} ${id}`).toBe(404)
        expect.soft(answer.json, `${method} ${id}`).not.toBeNull()
      }
    }
    const channel = await call(shop.host, '/api/v1/channels/2/', {
      token: shop.owner.access,
      method: 'DELETE',
    })
    expect(channel.status).toBe(404)
  }))

test('paths and methods that are none are refused in JSON', () =>
  refusals.changeNothing(async () => {
    const { access: token } = shop.owner
    for (const path of [
      '/api/v1/',
      '/api/v1/nowhere',
      '/api/v1/usr/login/more',
      '/api/v1//usr/login',
      '/api/v1/%2e%2e/',
    ])
      expect.soft((await call(shop.host, path, { token })).status, path).toBe(404)
    const wrong = await call(shop.host, '/api/v1/usr/login', { method: 'PUT', token, body: {} })
    expect([wrong.status, wrong.json]).toEqual([405, { detail: 'Method "PUT" not allowed.' }])
  }))

test('accounts refuse what is malformed, and tell nobody who exists', () =>
  refusals.changeNothing(async () => {
    const login = (body: unknown) => call(shop.host, '/api/v1/usr/login', { body })
    const wrong = await login({ email_or_username: shop.owner.login, password: 'wrong-password' })
    expect([wrong.status, wrong.json]).toEqual([
      400,
      { non_field_errors: ['Invalid email/username or password.'] },
    ])
    const unknown = await login({ email_or_username: 'nobody-at-all', password: 'wrong-password' })
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
    for (const body of [
      {},
      { email_or_username: 5, password: [] },
      { email_or_username: 'a\u0000', password: 'x' },
      { email_or_username: '\ud800', password: 'x' },
    ])
      expect.soft((await login(body)).status, JSON.stringify(body)).toBe(400)
    const make = (more: object) =>
      call(shop.host, '/api/v1/usr/register', {
        body: {
          username: `u-${randomUUID()}`,
          email: `${randomUUID()}@example.com`,
          password: 'long enough',
          ...more,
        },
      })
    const bad = [
      { username: shop.owner.login },
      { email: shop.owner.email },
      { email: 'no address' },
      { password: 'short' },
      { password: 'x'.repeat(300) },
      { password: 'nul\u0000inside' },
      { username: 'with space' },
      { first_name: 'nul\u0000' },
      { first_name: { a: 1 } },
    ]
    for (const more of bad) expect.soft((await make(more)).status, JSON.stringify(more)).toBe(400)
    for (const refresh of ['x', shop.owner.access, 5, null, { a: 1 }]) {
      const answer = await call(shop.host, '/api/v1/usr/refresh-access', { body: { refresh } })
      expect([answer.status, answer.json]).toEqual([401, { success: false, errors: ['refresh is invalid'] }])
    }
  }))

test('a webhook is believed only with its secret, and a bad body is refused by its name', () =>
  refusals.changeNothing(async () => {
    const { bot } = shop
    const update = bot.updateOf(603, 'Nobody wrote this')
    const post = (body: unknown, headers: Record<string, string>, path = bot.path) =>
      call(shop.host, path, { method: 'POST', body, headers })
    const header = 'x-telegram-bot-api-secret-token'
    for (const headers of [{}, { [header]: '' }, { [header]: 'guess' }, { [header]: `${bot.secret}x` }])
      expect(codeOf(await post(update, headers as Record<string, string>))).toBe('INVALID_SECRET_TOKEN')
    expect((await post(update, {})).status).toBe(401)
    for (const path of ['nobody_bot', '%00', '%ff', 'x'.repeat(65), "a'--"].map(
      (name) => `/api/v1/message/webhook/${name}/`,
    )) {
      const answer = await post(update, bot.headers, path)
      expect.soft(answer.status, path).toBe(404)
      expect.soft(answer.json, path).not.toBeNull()
    }
    const bad = [
      '',
      '{bad',
      '[]',
      'null',
      '5',
      {},
      { update_id: 'x' },
      { update_id: 1.5 },
      { update_id: 9, message: { text: 'x' } },
      nested(100_000),
    ]
    for (const body of bad) {
      const answer = await post(body, bot.headers)
      expect
        .soft([answer.status, codeOf(answer)], String(JSON.stringify(body)).slice(0, 60))
        .toEqual([400, 'INVALID_TELEGRAM_DATA'])
    }
    expect((await post({ filler: 'y'.repeat(1_100_000) }, bot.headers)).status).toBe(413)
    expect((await call(shop.host, bot.path, { headers: bot.headers })).status).toBe(405)
  }))

test('none of it put a secret into the log, and nothing of it was unforeseen', () => refusals.expectQuiet())
