import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import type { Outgoing } from '../../core/ports/platform.ts'
import { MAX_ANSWER_BYTES } from '../read-answer.ts'
import { callGraph } from './client.ts'
import { ACCOUNT, channelAt, instagramAt, startGraph, TOKEN } from './graph.testing.ts'

let graph: Awaited<ReturnType<typeof startGraph>>
beforeAll(async () => {
  graph = await startGraph()
})
beforeEach(() => void graph.asked.splice(0))
afterAll(() => graph.close())

const open = () => instagramAt(graph.root)

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
