import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import type { Outgoing } from '../../core/ports/platform.ts'
import { MAX_ANSWER_BYTES } from '../read-answer.ts'
import { callGraph } from './client.ts'
import { ACCOUNT, channelAt, startGraph, TOKEN } from './graph.testing.ts'
import { createInstagram } from './platform.ts'

let graph: Awaited<ReturnType<typeof startGraph>>
beforeAll(async () => {
  graph = await startGraph()
})
beforeEach(() => void graph.asked.splice(0))
afterAll(() => graph.close())

/** Nothing here is fetched. */
const fetchMedia = {
  open: async () => {
    throw new Error('Nothing is to be fetched')
  },
}
const APP_SECRET = 'a secret of the application'
const VERIFY_TOKEN = 'the word we agreed on'
const open = () =>
  createInstagram({
    graphRoot: graph.root,
    version: 'v23.0',
    fetchMedia,
    app: { appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN },
  })
const text: Outgoing = {
  op: 'send',
  recipient: '42',
  content: 'سلام <b>👋</b>',
  file: null,
  replyTo: null,
  isHumanAgent: false,
}
const send = (outgoing: Outgoing = text) => open().send(channelAt(graph.root), outgoing)
const taken = { recipient_id: '42', message_id: 'm1' }

describe('a message', () => {
  it('goes to the account’s own address, as the legacy contract says, and comes back with its name', async () => {
    graph.says(200, taken)
    expect(await send()).toEqual({
      outcome: 'sent',
      providerId: 'm1',
      result: { success: true, message_id: 'm1', recipient_id: '42', data: taken },
    })
    expect(graph.asked).toEqual([
      {
        method: 'POST',
        url: `/v23.0/${ACCOUNT}/messages`,
        authorization: `Bearer ${TOKEN}`,
        body: { recipient: { id: '42' }, message: { text: 'سلام <b>👋</b>' } },
      },
    ])
  })

  it('carries the tag for people only where a person may use it, and what it answers', async () => {
    graph.says(200, taken)
    await send({ ...text, replyTo: 'm0', isHumanAgent: true })
    expect(graph.asked[0]?.body).toMatchObject({
      reply_to: { mid: 'm0' },
      messaging_type: 'MESSAGE_TAG',
      tag: 'HUMAN_AGENT',
    })
  })

  it.each([
    ['image', 'image'],
    ['voice', 'audio'],
    ['audio', 'audio'],
    ['video', 'video'],
    ['file', 'file'],
  ] as const)(
    'with a file of kind %s is an attachment of type %s that Instagram fetches',
    async (kind, type) => {
      graph.says(200, taken)
      const url = async () => 'https://desk.example/files/1?signed'
      const read = async () => (async function* () {})()
      const file = { kind, name: 'a', mime: 'x/y', size: 1, read, url }
      await send({ ...text, content: '', file })
      const attachment = { type, payload: { url: 'https://desk.example/files/1?signed' } }
      expect(graph.asked[0]?.body).toEqual({ recipient: { id: '42' }, message: { attachment } })
    },
  )

  it('is waited for where Instagram took it without saying its name', async () => {
    graph.says(200, { recipient_id: '42' })
    expect(await send()).toMatchObject({ outcome: 'ambiguous' })
  })
})

test('that somebody types, and that they have read, is shown without a message', async () => {
  graph.says(200, { recipient_id: '42' })
  await open().typing?.(channelAt(graph.root), '42')
  await open().markSeen?.(channelAt(graph.root), '42')
  const actions = ['typing_on', 'mark_seen']
  expect(graph.asked.map(({ url, body }) => [url, body])).toEqual(
    actions.map((sender_action) => [
      `/v23.0/${ACCOUNT}/messages`,
      { recipient: { id: '42' }, sender_action },
    ]),
  )
})

test('a reaction is a heart or none, and what was sent cannot be changed', async () => {
  graph.says(200, { recipient_id: '42' })
  const react = (emoji: string | null) => send({ op: 'react', recipient: '42', providerId: 'm9', emoji })
  expect(await react('❤️')).toMatchObject({ outcome: 'sent', providerId: 'm9' })
  expect(await react(null)).toMatchObject({ outcome: 'sent', providerId: 'm9' })
  expect(graph.asked.map(({ body }) => body)).toEqual([
    { recipient: { id: '42' }, sender_action: 'react', payload: { message_id: 'm9', reaction: 'love' } },
    { recipient: { id: '42' }, sender_action: 'unreact', payload: { message_id: 'm9' } },
  ])
  expect(await send({ op: 'delete', recipient: '42', providerId: 'm9' })).toMatchObject({ outcome: 'failed' })
  expect(
    await send({ op: 'edit', recipient: '42', providerId: 'm9', content: 'x', hasFile: false }),
  ).toMatchObject({ outcome: 'failed' })
  expect(graph.asked).toHaveLength(2)
})

describe('a refusal', () => {
  it.each([
    [190, 463, 'stopped'],
    [10, 2534022, 'failed'],
    [551, 1545041, 'failed'],
    [613, undefined, 'retry'],
    [2, undefined, 'retry'],
    [1, 1357046, 'ambiguous'],
    [123456, undefined, 'failed'],
  ])('with code %i and subcode %s is %s, whatever the status', async (code, error_subcode, outcome) => {
    for (const status of [200, 400, 401, 403, 500]) {
      // An unknown code of a failing server is the server's.
      if (code === 123456 && status === 500) continue
      graph.says(status, { error: { message: 'no', type: 'OAuthException', code, error_subcode } })
      expect(await send(), String(status)).toMatchObject({ outcome })
    }
  })

  it('is told in the words of the legacy contract', async () => {
    const error = { message: '(#10) Outside', code: 10, error_subcode: 2534022, error_user_msg: 'Too late' }
    graph.says(400, { error })
    expect(await send()).toEqual({
      outcome: 'failed',
      error: '400 Bad Request: (#10) Outside - Too late',
      code: '10/2534022',
    })
  })

  it('tells that a person cannot be reached', async () => {
    graph.says(400, { error: { code: 551, error_subcode: 1545041, message: 'not available' } })
    expect(await send()).toMatchObject({
      outcome: 'failed',
      unreachable: expect.stringContaining('not available'),
    })
  })

  it('for too many calls makes the whole account wait, as long as Instagram says', async () => {
    const usage = JSON.stringify({ [ACCOUNT]: [{ type: 'instagram', estimated_time_to_regain_access: 7 }] })
    graph.says(400, { error: { code: 80002, message: 'slow' } }, { 'x-business-use-case-usage': usage })
    expect(await send()).toMatchObject({ outcome: 'retry', retryAfterMs: 7 * 60_000, scope: 'channel' })
    graph.says(429, 'slow down', { 'retry-after': '3' })
    expect(await send()).toMatchObject({ outcome: 'retry', retryAfterMs: 3_000, scope: 'channel' })
  })

  it('of something in between is not one of Instagram’s', async () => {
    for (const [status, outcome] of [
      [500, 'retry'],
      [503, 'retry'],
      [502, 'ambiguous'],
      [504, 'ambiguous'],
      [404, 'failed'],
    ] as const) {
      graph.says(status, '<html>')
      expect(await send(), String(status)).toMatchObject({ outcome })
    }
  })

  it('never repeats a secret', async () => {
    graph.says(400, { error: { code: 100, message: `bad ${TOKEN} and ${TOKEN}` } })
    expect(JSON.stringify(await send())).not.toContain(TOKEN)
  })
})

describe('an answer', () => {
  it('that is lost, cut, no JSON or endless leaves open whether the message arrived', async () => {
    graph.does((res) => res.destroy())
    expect(await send()).toMatchObject({ outcome: 'ambiguous' })
    graph.says(200, 'not JSON')
    expect(await send()).toMatchObject({ outcome: 'ambiguous' })
    graph.says(200, JSON.stringify({ x: 'x'.repeat(MAX_ANSWER_BYTES) }))
    expect(await send()).toMatchObject({ outcome: 'ambiguous' })
    graph.does(() => {})
    const target = { root: graph.root, token: TOKEN, timeoutMs: 50 }
    expect(await callGraph(target, { method: 'GET', path: '/x' })).toEqual({ kind: 'lost' })
  })

  it('that never could come means that nothing left', async () => {
    const gone = await startGraph()
    gone.close()
    expect(await open().send(channelAt(gone.root), text)).toMatchObject({ outcome: 'retry' })
  })

  it('that leads elsewhere is not followed', async () => {
    graph.says(307, '', { location: `${graph.root}/elsewhere` })
    expect(await send()).toMatchObject({ outcome: 'failed' })
    expect(graph.asked).toHaveLength(1)
  })
})

describe('an account', () => {
  it('is the one that the token is of', async () => {
    graph.says(200, { id: '77', user_id: ACCOUNT, username: 'shop', name: null })
    expect(await open().identify(TOKEN, null)).toEqual({
      externalId: ACCOUNT,
      name: 'shop',
      username: 'shop',
      otherIds: ['77'],
    })
    expect(graph.asked[0]?.url).toBe('/v23.0/me?fields=user_id%2Cid%2Cusername%2Cname')
  })

  it('is refused with a sentence where the token is, and unavailable where Instagram is', async () => {
    graph.says(401, { error: { code: 190, message: `Bad token ${TOKEN}` } })
    const refused = open().identify(TOKEN, null)
    await expect(refused).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(refused).rejects.not.toThrow(TOKEN)
    graph.says(503, '')
    await expect(open().identify(TOKEN, null)).rejects.toMatchObject({ code: 'unavailable' })
    graph.says(200, { id: '1' })
    await expect(open().identify(TOKEN, null)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('is told to send its events here, and to stop', async () => {
    graph.says(200, { success: true })
    const channel = channelAt(graph.root)
    await open().setWebhook(channel, '')
    await open().removeWebhook(channel)
    const [set, unset] = graph.asked
    expect(set).toMatchObject({ method: 'POST', authorization: `Bearer ${TOKEN}` })
    expect(set?.url).toContain(`/v23.0/${ACCOUNT}/subscribed_apps?subscribed_fields=messages%2C`)
    expect(unset).toMatchObject({ method: 'DELETE', url: `/v23.0/${ACCOUNT}/subscribed_apps` })
  })

  it('gets a token that lives long, and one that lives on; a refusal of either is none', async () => {
    graph.says(200, { access_token: 'IGlong', token_type: 'bearer', expires_in: 5_184_000 })
    const long = { token: 'IGlong', lifeMs: 5_184_000_000 }
    expect(await open().exchange?.(TOKEN, null)).toEqual(long)
    expect(await open().renew?.(channelAt(graph.root))).toEqual(long)
    expect(graph.asked.map(({ url }) => url.split('?')[0])).toEqual([
      '/access_token',
      '/refresh_access_token',
    ])
    graph.says(400, { error: { code: 452, message: 'no' } })
    expect(await open().exchange?.(TOKEN, null)).toBeNull()
    expect(await open().renew?.(channelAt(graph.root))).toBeNull()
    const unsecret = createInstagram({ graphRoot: graph.root, version: 'v23.0', app: {}, fetchMedia })
    expect(await unsecret.exchange?.(TOKEN, null)).toBeNull()
  })

  it('tells who writes, or nothing', async () => {
    graph.says(200, { name: 'Kim', username: 'kim', profile_pic: 'https://cdn.example/1' })
    const channel = channelAt(graph.root)
    expect(await open().profile?.(channel, '42')).toEqual({
      name: 'Kim',
      username: 'kim',
      pictureUrl: 'https://cdn.example/1',
    })
    graph.says(400, { error: { code: 230, message: 'User consent is required' } })
    expect(await open().profile?.(channel, '42')).toBeNull()
    graph.asked.length = 0
    expect(await open().profile?.(channel, '../me')).toBeNull()
    expect(graph.asked).toEqual([])
  })
})

describe('a body', () => {
  const body = Buffer.from('{"a":"\\u0633"}')
  const signed = (secret: string, of = body) => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(of).digest('hex')}`,
  })

  it('is believed with the signature over its very bytes', () => {
    expect(open().verify(null, signed(APP_SECRET), body)).toBe(true)
    expect(open().verify(null, signed(APP_SECRET), Buffer.from('{"a":"س"}'))).toBe(false)
  })

  it('is refused with another signature, a part of one, or none', () => {
    const good = signed(APP_SECRET)['x-hub-signature-256']
    for (const headers of [
      {},
      signed('another secret'),
      signed(''),
      { 'x-hub-signature-256': '' },
      { 'x-hub-signature-256': 'sha256=' },
      { 'x-hub-signature-256': good.slice(0, -2) },
      { 'x-hub-signature-256': `${good}00` },
      { 'x-hub-signature-256': good.replace('sha256', 'sha1') },
      { 'x-hub-signature-256': [good, good] },
      { 'x-hub-signature': good },
    ])
      expect(open().verify(null, headers, body), JSON.stringify(headers)).toBe(false)
  })

  it('is refused where there is no secret to sign with', () => {
    const unsecret = createInstagram({ graphRoot: graph.root, version: 'v23.0', app: {}, fetchMedia })
    expect(unsecret.verify(null, signed(''), body)).toBe(false)
  })
})

test('Instagram’s question is answered with its own word, for the right token alone', () => {
  const ask = (query: Record<string, string>, platform = open()) =>
    platform.challenge?.(new URLSearchParams(query))
  const right = { 'hub.mode': 'subscribe', 'hub.verify_token': VERIFY_TOKEN, 'hub.challenge': '115"<b>' }
  expect(ask(right)).toBe('115"<b>')
  expect(ask({ ...right, 'hub.verify_token': 'wrong' })).toBeNull()
  expect(ask({ ...right, 'hub.mode': 'unsubscribe' })).toBeNull()
  expect(ask({ 'hub.mode': 'subscribe', 'hub.challenge': '1' })).toBeNull()
  const unset = createInstagram({ graphRoot: graph.root, version: 'v23.0', app: {}, fetchMedia })
  expect(ask({ ...right, 'hub.verify_token': '' }, unset)).toBeNull()
})
