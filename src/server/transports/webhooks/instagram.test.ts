import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { createInstagram } from '../../adapters/instagram/platform.ts'
import { actAs, createTestCtx } from '../../core/context.testing.ts'
import type { MemberCtx } from '../../core/context.ts'
import { createInboundProcessor, type InboundProcessor } from '../../core/inbound/process.ts'
import { createInstagramWebhook } from './instagram.ts'

const APP_SECRET = 'the secret of the application'
const VERIFY_TOKEN = 'the word we agreed on'
const SHOP = '17841400000000001'
const CAFE = '17841400000000002'

let test_: ReturnType<typeof createTestCtx>
let anna: MemberCtx
let omar: MemberCtx
let processor: InboundProcessor
let server: Server
let root: string
let isDown = false
const noted: unknown[] = []

beforeEach(async () => {
  test_ = createTestCtx()
  isDown = false
  noted.length = 0
  const { ctx } = test_
  const instagram = createInstagram({
    graphRoot: 'http://127.0.0.1:1',
    version: 'v23.0',
    fetchMedia: ctx.fetchMedia,
    app: { appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN },
  })
  const record = ctx.inbox.record
  Object.assign(ctx, {
    platforms: { ...ctx.platforms, instagram },
    security: { note: (event: unknown) => void noted.push(event) },
    inbox: {
      ...ctx.inbox,
      record: async (event: Parameters<typeof record>[0]) => {
        if (isDown) throw new Error('connect ECONNREFUSED postgres://user:password@db')
        return record(event)
      },
    },
  })
  anna = await actAs(ctx, 'anna')
  omar = await actAs(ctx, 'omar')
  await connect(anna, SHOP)
  await connect(omar, CAFE)
  processor = createInboundProcessor(ctx)
  server = createServer(createInstagramWebhook({ ctx, kick: processor.kick, addressOf: () => '203.0.113.9' }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/message/insta-webhook/`
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await processor.close()
})

const connect = (ctx: MemberCtx, externalId: string) =>
  ctx.channels.create({
    workspaceId: ctx.actor.workspaceId,
    source: 'instagram',
    name: 'Shop',
    externalId,
    username: `shop_${externalId}`,
    apiRoot: null,
    credentials: { token: 'IGtoken', webhookSecret: '' },
  })

const said = (account: string, mid: string, text: string) => ({
  id: account,
  time: 1,
  messaging: [{ sender: { id: '42' }, recipient: { id: account }, timestamp: 1, message: { mid, text } }],
})
const bodyOf = (...entry: object[]) => JSON.stringify({ object: 'instagram', entry })
const sign = (body: string, secret = APP_SECRET) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
const post = async (
  body: string,
  headers: Record<string, string> = { 'x-hub-signature-256': sign(body) },
) => {
  const response = await fetch(root, { method: 'POST', headers, body })
  return { status: response.status, body: await response.json(), headers: response.headers }
}
const threadOf = async (ctx: MemberCtx) => {
  const { rows } = await ctx.conversations.list(ctx.actor.workspaceId, { view: 'all', limit: 10 })
  const pages = await Promise.all(rows.map(({ id }) => ctx.messages.page(id, { limit: 100 })))
  return pages.flat().map(({ content }) => content)
}

describe('Instagram’s question', () => {
  const ask = async (query: Record<string, string>) => fetch(`${root}?${new URLSearchParams(query)}`)
  const right = {
    'hub.mode': 'subscribe',
    'hub.verify_token': VERIFY_TOKEN,
    'hub.challenge': '<script>1158201444</script>',
  }

  it('is answered with its word alone, as plain text', async () => {
    const response = await ask(right)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/plain; charset=utf-8',
    ])
    expect(await response.text()).toBe(right['hub.challenge'])
  })

  it.each([
    { ...right, 'hub.verify_token': 'wrong' },
    { ...right, 'hub.mode': 'unsubscribe' },
    { 'hub.mode': 'subscribe', 'hub.challenge': '1' },
    {},
  ] as Record<string, string>[])(
    'with %j is refused, counted, and nothing of it comes back',
    async (query) => {
      const response = await ask(query)
      expect(response.status).toBe(403)
      const body = await response.text()
      expect(JSON.parse(body)).toMatchObject({ message: 'Invalid verification token' })
      expect(body).not.toContain('script')
      expect(noted).toMatchObject([{ kind: 'failed_authentication', address: '203.0.113.9' }])
    },
  )
})

describe('a batch', () => {
  it('of two workspaces reaches each, and only its own', async () => {
    const answer = await post(bodyOf(said(SHOP, 'm1', 'سلام'), said(CAFE, 'm2', 'hello')))
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'success',
        message: 'Instagram messages processed successfully',
        processed_count: 2,
        data: [{ status: 'success' }, { status: 'success' }],
      },
    })
    await expect.poll(() => threadOf(anna)).toEqual(['سلام'])
    await expect.poll(() => threadOf(omar)).toEqual(['hello'])
  })

  it('with a poisoned event and one of nobody loses no other', async () => {
    const poisoned = { id: SHOP, time: 1, messaging: [{ sender: 7, message: 'x' }] }
    const entries = [poisoned, said('999', 'm1', 'whose?'), said(SHOP, 'm2', 'mine')]
    const answer = await post(bodyOf(...entries))
    expect(answer.body).toMatchObject({
      processed_count: 3,
      data: [
        { status: 'error', error_code: 'INVALID_EVENT' },
        { status: 'error', error_code: 'CHANNEL_NOT_FOUND' },
        { status: 'success' },
      ],
    })
    await expect.poll(() => threadOf(anna)).toEqual(['mine'])
    expect(test_.state.inbox.map(({ outcome }) => outcome)).toContain('failed')
  })

  it('that comes again, ten times at once, is answered alike and stored once', async () => {
    const body = bodyOf(said(SHOP, 'm1', 'once'))
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(body)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await expect.poll(() => threadOf(anna)).toEqual(['once'])
    expect(test_.state.inbox).toHaveLength(1)
  })

  it('tells its sender nothing of whose it is', async () => {
    const { body } = await post(bodyOf(said(SHOP, 'm1', 'secret words'), said('999', 'm2', 'x')))
    expect(JSON.stringify(body)).not.toMatch(/secret words|1784140|999|anna/)
  })
})

test('a body of another product is passed over', async () => {
  expect(await post('{"object":"page","entry":[]}')).toMatchObject({
    status: 200,
    body: { status: 'ignored', reason: 'Not an Instagram webhook' },
  })
  expect(test_.state.inbox).toEqual([])
})

test('no JSON is refused', async () => {
  expect(await post('{bad')).toMatchObject({ status: 400, body: { error_code: 'INVALID_JSON' } })
})

test.each([
  ['none', {}],
  ['another secret’s', { 'x-hub-signature-256': sign(bodyOf(said(SHOP, 'm1', 'hi')), 'wrong') }],
  ['another body’s', { 'x-hub-signature-256': sign('{}') }],
  ['an empty one', { 'x-hub-signature-256': 'sha256=' }],
  ['an old one', { 'x-hub-signature': sign(bodyOf(said(SHOP, 'm1', 'hi'))) }],
])('with the signature %s nothing is stored, and it counts', async (_, headers) => {
  const answer = await post(bodyOf(said(SHOP, 'm1', 'hi')), headers as Record<string, string>)
  expect(answer).toMatchObject({ status: 401, body: { error_code: 'INVALID_SIGNATURE' } })
  expect(test_.state.inbox).toEqual([])
  expect(noted).toMatchObject([
    { kind: 'failed_authentication', detail: { by: 'webhook', source: 'instagram' } },
  ])
})

test('while the store is down Instagram is told to come again, and nothing of why', async () => {
  isDown = true
  const answer = await post(bodyOf(said(SHOP, 'm1', 'hi')))
  expect(answer).toMatchObject({ status: 503, body: { error_code: 'SERVICE_UNAVAILABLE' } })
  expect(answer.headers.get('retry-after')).toBe('5')
  expect(JSON.stringify(answer.body)).not.toContain('postgres')
})

test('a body beyond the bound is not read to its end', async () => {
  const body = 'x'.repeat(1024 * 1024 + 1)
  expect(await post(body)).toMatchObject({ status: 413, body: { error_code: 'TOO_LARGE' } })
})

test('other methods are refused', async () => {
  const response = await fetch(root, { method: 'DELETE' })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
})
