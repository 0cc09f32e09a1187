import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LegacyMessage, RestConversation } from '../../contract/legacy.ts'
import { MAX_BODY_BYTES } from '../../contract/limits.ts'
import { actAs, openConversation } from '../../core/context.testing.ts'
import { PUBLIC_URL, startRest } from './rest-server.testing.ts'

let rest: Awaited<ReturnType<typeof startRest>>
let own: string
let foreign: string
beforeAll(async () => {
  rest = await startRest()
  own = (await openConversation(rest.anna.as)).id
  foreign = (await openConversation(await actAs(rest.ctx, 'omar'))).id
})
afterAll(() => rest.close())

const sending = (id = own) => `message/conversation/${id}/send-message/`
const status = (id = own) => `message/conversation/${id}/status/`
const send = (body: unknown, path = sending(), headers = {}) =>
  rest.ask(path, { method: 'POST', body: JSON.stringify(body), headers })
const sentNothing = async (ask: () => Promise<{ status: number; json: object }>) => {
  const before = rest.state.messages.size
  const answer = await ask()
  expect(rest.state.messages.size).toBe(before)
  return answer
}

describe('the router', () => {
  it('answers a path with and without its slash', async () => {
    expect((await rest.ask('message/user-conversation')).status).toBe(200)
    expect((await rest.ask('message/user-conversation/')).status).toBe(200)
    expect((await send({ content: 'hi' }, sending().slice(0, -1))).status).toBe(201)
  })

  it('answers an unknown path 404 in JSON, whoever asks', async () => {
    const answer = await rest.ask('no/such/path', { token: null })
    expect(answer).toMatchObject({ status: 404, json: { detail: 'Not found.' } })
  })

  it('answers a wrong method 405 with the methods that exist', async () => {
    const answer = await rest.ask(sending(), { method: 'PUT' })
    expect(answer).toMatchObject({ status: 405, json: { detail: 'Method "PUT" not allowed.' } })
    expect(answer.headers.allow).toBe('POST')
  })

  it('tells nothing of an error that nobody foresaw, and logs it', async () => {
    const { find } = rest.ctx.conversations
    const fail = () => Promise.reject(new Error('connect postgres://user:hunter2@db'))
    Object.assign(rest.ctx.conversations, { find: fail })
    const answer = await send({ content: 'hi' })
    Object.assign(rest.ctx.conversations, { find })
    expect(answer).toMatchObject({ status: 500, json: { error_code: 'INTERNAL_ERROR' } })
    expect(answer.text).not.toContain('hunter2')
    expect(rest.log.sentences).toContainEqual({ level: 'error', sentence: 'A REST request failed' })
  })
})

describe('bodies', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json-patch+json'])(
    'refuses %s with 415',
    async (type) => {
      const body = JSON.stringify({ content: 'hi' })
      const answer = await sentNothing(() =>
        rest.ask(sending(), { method: 'POST', body, headers: { 'content-type': type } }),
      )
      expect(answer.status).toBe(415)
    },
  )

  it('takes JSON with a charset', async () => {
    const type = { 'content-type': 'application/json; charset=utf-8' }
    expect((await send({ content: 'سلام' }, sending(), type)).status).toBe(201)
  })

  it.each(['{bad', '[]', 'null', '5', '"x"', '{"content":"\\ud800"}'])(
    'refuses %s with 400',
    async (body) => {
      const answer = await sentNothing(() => rest.ask(sending(), { method: 'POST', body }))
      expect(answer.status).toBe(400)
    },
  )

  it('refuses bytes that are not UTF-8 instead of storing something else', async () => {
    const body = Buffer.concat([Buffer.from('{"content":"a'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
    expect((await sentNothing(() => rest.ask(sending(), { method: 'POST', body }))).status).toBe(400)
  })

  it('refuses nesting that would overflow whoever walks it', async () => {
    const body = `{"content":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    expect((await sentNothing(() => rest.ask(sending(), { method: 'POST', body }))).status).toBe(400)
  })

  it('answers 413 to a body over the bound, and ends the connection', async () => {
    const body = JSON.stringify({ content: 'x'.repeat(MAX_BODY_BYTES) })
    const answer = await sentNothing(() => rest.ask(sending(), { method: 'POST', body }))
    expect(answer).toMatchObject({ status: 413, headers: { connection: 'close' } })
  })
})

describe('who asks', () => {
  it.each([
    ['no token', null],
    ['a wrong token', 'garbage'],
  ])('refuses %s with 401', async (_, token) => {
    const answer = await rest.ask('message/user-conversation', { token })
    expect(answer).toMatchObject({
      status: 401,
      json: { detail: 'Authentication credentials were not provided.' },
      headers: { 'www-authenticate': 'Bearer' },
    })
  })

  it('takes the bare token too', async () => {
    const headers = { authorization: rest.anna.token }
    expect((await rest.ask('message/user-conversation', { token: null, headers })).status).toBe(200)
  })

  it('takes the header before the cookie', async () => {
    const headers = { authorization: 'Bearer garbage', cookie: `HTTP_ACCESS=Bearer%20${rest.anna.token}` }
    expect((await rest.ask('message/user-conversation', { token: null, headers })).status).toBe(401)
  })

  it('reads with the cookie alone', async () => {
    const headers = { cookie: `a=b; HTTP_ACCESS="Bearer ${rest.anna.token}"` }
    expect((await rest.ask('message/user-conversation', { token: null, headers })).status).toBe(200)
  })

  it.each([
    ['of the public address', PUBLIC_URL, 201],
    ['of another site', 'https://evil.example', 403],
    ['that is missing', undefined, 403],
  ])('writes with the cookie from an origin %s: %3$i', async (_, origin, status) => {
    const headers = { cookie: `HTTP_ACCESS=Bearer%20${rest.anna.token}`, ...(origin && { origin }) }
    const body = JSON.stringify({ content: 'hi' })
    const answer = await rest.ask(sending(), { method: 'POST', body, token: null, headers })
    expect(answer.status).toBe(status)
  })
})

describe('sending', () => {
  it('answers the stored message and what the platform said', async () => {
    await using delivering = await startRest({ delivers: true })
    const { id } = await openConversation(delivering.anna.as)
    const answer = await delivering.call('POST', sending(id), { content: '  hi  ' })
    const data = answer.json.data as { message: unknown; external_send_result: unknown }
    expect(answer.status).toBe(201)
    expect(LegacyMessage.parse(data.message)).toMatchObject({ content: 'hi', type: 'support' })
    expect(data).toMatchObject({
      external_send_result: { success: true, message_id: 1 },
      conversation_id: id,
    })
  })

  it('may be marketing', async () => {
    expect((await send({ content: 'hi', type: 'marketing' })).json).toMatchObject({
      data: { message: { type: 'marketing' } },
    })
  })

  it.each([
    [{}, 400, 'EMPTY_CONTENT'],
    [{ content: null }, 400, 'EMPTY_CONTENT'],
    [{ content: '   ', type: 'AI' }, 400, 'EMPTY_CONTENT'],
    [{ content: 'x'.repeat(1001), type: 'AI' }, 400, 'CONTENT_TOO_LONG'],
    [{ content: 'hi', type: 'AI' }, 400, 'INVALID_TYPE'],
    [{ content: 'hi', type: 'customer' }, 400, 'INVALID_TYPE'],
    [{ content: 5 }, 400, 'INVALID_CONTENT'],
    [{ content: 'a\u0000b' }, 400, 'INVALID_CONTENT'],
  ])('refuses %j with %i %s', async (body, status, code) => {
    expect(await sentNothing(() => send(body))).toMatchObject({ status, json: { error_code: code } })
  })

  it('counts code points: a thousand emoji pass', async () => {
    expect((await send({ content: '👋'.repeat(1000) })).status).toBe(201)
  })

  it('answers a foreign conversation as a missing one, after the text was looked at', async () => {
    const missing = { error: 'Conversation not found or access denied', error_code: 'CONVERSATION_NOT_FOUND' }
    expect(await send({ content: 'hi' }, sending(foreign))).toMatchObject({ status: 404, json: missing })
    expect(await send({ content: 'hi' }, 'message/conversation/a-b/send-message/')).toMatchObject({
      status: 404,
    })
    expect((await send({ content: ' ' }, sending(foreign))).json.error_code).toBe('EMPTY_CONTENT')
  })

  it('never takes two long idempotency keys for one', async () => {
    const key = 'k'.repeat(64)
    expect((await send({ content: 'a' }, sending(), { 'idempotency-key': key })).status).toBe(201)
    const longer = () => send({ content: 'b' }, sending(), { 'idempotency-key': `${key}2` })
    expect(await sentNothing(longer)).toMatchObject({ status: 400 })
  })
})

describe('status', () => {
  const patch = (body: object, path = status()) =>
    rest.ask(path, { method: 'PATCH', body: JSON.stringify(body) })

  it('may be any of the four, after any other', async () => {
    await patch({ status: 'support_active' })
    let old_status = 'support_active'
    for (const new_status of ['closed', 'active', 'marketing_active', 'support_active']) {
      const data = { conversation_id: own, old_status, new_status }
      expect(await patch({ status: new_status })).toMatchObject({ status: 200, json: { data } })
      old_status = new_status
    }
  })

  it('may not be missing, nor something else, nor of a foreign conversation', async () => {
    expect(await patch({})).toMatchObject({ status: 400, json: { error_code: 'MISSING_STATUS' } })
    expect(await patch({ status: 'open' })).toMatchObject({
      status: 400,
      json: { error_code: 'INVALID_STATUS' },
    })
    const refused = await patch({ status: 'closed' }, status(foreign))
    expect(refused).toMatchObject({ status: 404, json: { error_code: 'CONVERSATION_NOT_FOUND' } })
  })
})

describe('the list', () => {
  it('is a bare array of every conversation, over all pages', async () => {
    await using many = await startRest()
    for (let index = 0; index < 501; index++) {
      many.clock.advance(1)
      await openConversation(many.anna.as)
    }
    const rows = JSON.parse((await many.ask('message/user-conversation')).text) as unknown[]
    expect(rows).toHaveLength(501)
    expect(new Set(rows.map((row) => RestConversation.parse(row).id)).size).toBe(501)
    expect(rows[0]).toMatchObject({ user: many.anna.as.actor.userId })
  })
})

describe('signing out', () => {
  it('clears the cookie, which scripts cannot read', async () => {
    const { status, json, headers } = await rest.ask('usr/logout')
    expect(status).toBe(200)
    expect(json).toEqual({ success: true, data: { message: 'Logged out' } })
    expect(String(headers['set-cookie'])).toMatch(
      /^HTTP_ACCESS=; Path=\/; HttpOnly; SameSite=Lax; Max-Age=0; Secure/,
    )
  })
})
