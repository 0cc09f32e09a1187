import { expect } from '@playwright/test'
import { Cast, INSTANT, test } from '../support/cast.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const path = (id: string) => `/message/conversation/${id}/send-message/`
const NOT_FOUND = { error: 'Conversation not found or access denied', error_code: 'CONVERSATION_NOT_FOUND' }
const EMPTY = { error: 'Message content is required', error_code: 'EMPTY_CONTENT' }
const TOO_LONG = { error: 'Message content too long (max 1000 characters)', error_code: 'CONTENT_TOO_LONG' }
const INVALID_TYPE = {
  error: 'Invalid message type. Must be "support" or "marketing"',
  error_code: 'INVALID_TYPE',
}
const _INVALID_STATUS = {
  error: 'Invalid status. Must be one of: active, support_active, marketing_active, closed',
  error_code: 'INVALID_STATUS',
}
const words = (count: number) =>
  [...Array.from({ length: 300 }, (_, index) => `word ${index} é`).join(' ')].slice(0, count - 1).join('') +
  '.'

test.describe('send-message', () => {
  test('POST valid: 201 with the body of 5.1; room sockets get one chat_message with the same id; lists refresh', async () => {
    const [room, list] = [await cast.chat(), await cast.list()]
    const answer = await cast.send(cast.c1, '  by REST  ')
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      status: 'success',
      message: 'Message sent successfully',
      data: {
        message: expect.objectContaining({
          id: expect.stringMatching(/^\w{1,10}$/),
          content: 'by REST',
          type: 'support',
          conversation_id: cast.c1,
          created_at: INSTANT,
          customer: expect.objectContaining({ first_name: 'John' }),
        }),
        external_send_result: { success: true, message_id: expect.any(Number), data: expect.anything() },
        conversation_id: cast.c1,
      },
    })
    const { message, external_send_result } = (answer.json as { data: Record<string, unknown> }).data
    expect(await room.next('chat_message', 0)).toEqual({
      type: 'chat_message',
      message,
      external_send_result,
    })
    await list.until(() => JSON.stringify(list.of('conversations_list').at(-1)).includes('by REST'))
    expect(cast.telegram.textsTo(cast.john)).toEqual(['by REST'])
    await room.ask({ type: 'ping' }, 'pong')
    expect(room.live).toHaveLength(1)
    room.close()
    list.close()
  })

  test('it answers with and without the trailing slash', async () => {
    for (const tail of ['', '/']) {
      const answer = await cast.rest(`${path(cast.c1).slice(0, -1)}${tail}`, { body: { content: 'slash' } })
      expect(answer.status).toBe(201)
    }
  })

  test('missing or blank content: 400 EMPTY_CONTENT; 1001 characters: CONTENT_TOO_LONG; type AI or customer: INVALID_TYPE', async () => {
    for (const body of [{}, { content: '' }, { content: ' \n ' }, { content: null }]) {
      const answer = await cast.rest(path(cast.c1), { body })
      expect([answer.status, answer.json], JSON.stringify(body)).toEqual([400, EMPTY])
    }
    const long = await cast.send(cast.c1, words(1001))
    expect([long.status, long.json]).toEqual([400, TOO_LONG])
    expect((await cast.send(cast.c1, `  ${words(1000)}  `)).status).toBe(201)
    for (const type of ['AI', 'customer', 'Support', '', 5]) {
      const answer = await cast.send(cast.c1, 'x', { type })
      expect([answer.status, answer.json], String(type)).toEqual([400, INVALID_TYPE])
    }
  })

  test('type:"marketing" is 201 with message.type marketing, and is sent out', async () => {
    const id = await cast.converse(901)
    const answer = await cast.send(id, 'For sale', { type: 'marketing' })
    expect([answer.status, answer.json]).toMatchObject([201, { data: { message: { type: 'marketing' } } }])
    expect(cast.telegram.textsTo(901)).toEqual(['For sale'])
  })

  test('other’s or unknown conversation: 404 CONVERSATION_NOT_FOUND; content and type are reported before 404', async () => {
    for (const id of [cast.c9, 'missing', 'x'.repeat(11), '%20', 'a-b']) {
      const answer = await cast.send(id, 'x')
      expect([answer.status, answer.json], id).toEqual([404, NOT_FOUND])
      expect((await cast.send(id, ' ')).json, id).toEqual(EMPTY)
      expect((await cast.send(id, words(1001))).json, id).toEqual(TOO_LONG)
      expect((await cast.send(id, 'x', { type: 'AI' })).json, id).toEqual(INVALID_TYPE)
    }
  })

  test('a platform failure is still 201, with success=false', async () => {
    const id = await cast.converse(902)
    cast.telegram.manners.set(902, { status: 403, description: 'Forbidden: bot was blocked by the user' })
    const answer = await cast.send(id, 'blocked')
    expect([answer.status, answer.json]).toMatchObject([
      201,
      { data: { external_send_result: { success: false, error: 'Forbidden: bot was blocked by the user' } } },
    ])
    const unknown = await cast.send(cast.c0, 'nowhere')
    expect([unknown.status, unknown.json]).toMatchObject([
      201,
      { data: { external_send_result: { success: false, error: 'Unknown conversation source' } } },
    ])
  })

  test('malformed JSON: 400; non-string content: 400; nothing is ever 5xx', async () => {
    for (const body of [
      '{bad',
      '',
      '[]',
      'null',
      '"x"',
      { content: 5 },
      { content: ['x'] },
      { content: 'nul\u0000' },
    ]) {
      const answer = await cast.rest(path(cast.c1), { method: 'POST', body })
      expect(answer.status, JSON.stringify(body)).toBe(400)
      expect(answer.json, JSON.stringify(body)).toMatchObject({
        error: expect.any(String),
        error_code: expect.any(String),
      })
    }
  })

  test('a content type that is not JSON is 415, a body over 1 MB 413', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
    ])
      expect(
        (await cast.rest(path(cast.c1), { body: '{"content":"x"}', headers: { 'content-type': type } }))
          .status,
        type,
      ).toBe(415)
    const typed = { 'content-type': 'application/json; charset=utf-8' }
    expect((await cast.rest(path(cast.c1), { body: '{"content":"typed"}', headers: typed })).status).toBe(201)
    expect(
      (await cast.rest(path(cast.c1), { body: { content: 'x', filler: 'y'.repeat(1_050_000) } })).status,
    ).toBe(413)
  })

  test('a repeated Idempotency-Key answers the stored message, and neither stores nor sends another', async () => {
    const id = await cast.converse(903)
    const room = await cast.chat(id)
    const once = (content: string, key: string) =>
      cast.rest(path(id), { body: { content }, headers: { 'idempotency-key': key } })
    const answers = [
      ...(await Promise.all([once('just once', 'key-1'), once('just once', 'key-1')])),
      await once('just once', 'key-1'),
      await once('another text', 'key-1'),
    ]
    const ids = answers.map(({ status, json }) => [
      status,
      (json as { data: { message: { id: string } } }).data.message.id,
    ])
    expect(new Set(ids.map(String)).size).toBe(1)
    expect(answers[3]?.json).toMatchObject({ data: { message: { content: 'just once' } } })
    expect((await once('the second', 'key-2')).status).toBe(201)
    await room.until(() => room.live.length === 2)
    expect(room.live.map(({ content }) => content)).toEqual(['just once', 'the second'])
    expect(cast.telegram.textsTo(903)).toEqual(['just once', 'the second'])
    expect((await once('x', 'k'.repeat(65))).status).toBe(400)
    room.close()
  })
})
