import { expect } from '@playwright/test'
import { z } from 'zod'
import { Cast, test } from '../support/cast.ts'
import { Account, deliver, signatureOf, VERIFY_TOKEN, WEBHOOK } from '../support/instagram.ts'
import { call } from '../support/rest.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
let account: Account
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
  account = await Account.connect(cast.host, cast.a, '17841405309211844')
})

const Rows = z.array(
  z.looseObject({ id: z.string(), customer: z.looseObject({ source_id: z.string().nullable() }) }),
)
const conversationOf = async (from: string): Promise<string> => {
  const found = async () => {
    const { json } = await cast.rest('/message/user-conversation')
    return Rows.parse(json).find(({ customer }) => customer.source_id === from)?.id ?? ''
  }
  await expect.poll(found).not.toBe('')
  return found()
}
const write = async (from: string, mid: string, text: string) => {
  const answer = await deliver(cast.host, account.bodyOf(account.said(from, mid, text)))
  expect(answer.status, answer.text).toBe(200)
  return conversationOf(from)
}
const stored = async (text: string) => cast.query(`SELECT 1 FROM message WHERE content = '${text}'`)

test.describe('Instagram', () => {
  test('an account is connected by its token, which nobody sees again', async () => {
    expect(account.answer.json).toMatchObject({
      source: 'instagram',
      instagram_user_id: account.id,
      is_connect: true,
      webhook_url: expect.stringContaining(WEBHOOK),
    })
    expect(cast.shop.graph.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining(['GET /v23.0/me', `POST /v23.0/${account.id}/subscribed_apps`]),
    )
    const { text } = await cast.rest('/channels/')
    expect([account.answer.text, text].join()).not.toContain(account.token)
  })

  test('another account’s token is refused with 400', async () => {
    const body = { source: 'instagram', access_token: 'IGAAtokenOfTheShop111', instagram_user_id: '222' }
    const answer = await cast.rest('/channels/', { body })
    expect([answer.status, answer.json]).toMatchObject([400, { error_code: 'INVALID_INPUT' }])
  })

  test('GET with the right token: 200 and the challenge as it stands; with a wrong one: 403', async () => {
    const ask = (token: string) =>
      call(
        cast.host,
        `${WEBHOOK}?hub.mode=subscribe&hub.verify_token=${encodeURIComponent(token)}&hub.challenge=1158201444%3Cb%3E`,
      )
    const right = await ask(VERIFY_TOKEN)
    expect([right.status, right.text]).toEqual([200, '1158201444<b>'])
    expect(right.headers['content-type']).toContain('text/plain')
    expect((await ask('wrong')).status).toBe(403)
  })

  test('POST text: 200 success; the conversation is of Instagram; the room and the list hear of it', async () => {
    const id = await write('8001', 'mid.in.1', 'سلام <b>')
    const room = await cast.chat(id)
    expect(room.frames[0]?.messages).toMatchObject([{ type: 'customer', content: 'سلام <b>' }])
    expect((await cast.rest(`/message/conversation-item/${id}/`)).json).toMatchObject({
      source: 'instagram',
      customer: { source: 'instagram', source_id: '8001' },
    })
    const body = account.bodyOf(account.said('8001', 'mid.in.2', 'again'))
    const answers = await Promise.all(Array.from({ length: 5 }, () => deliver(cast.host, body)))
    for (const { status, json } of answers)
      expect([status, json]).toMatchObject([200, { status: 'success', processed_count: 1 }])
    expect(await room.next('chat_message', 0)).toMatchObject({
      message: { type: 'customer', content: 'again' },
      external_send_result: {},
    })
    await room.ask({ type: 'ping' }, 'pong')
    expect(room.of('chat_message')).toHaveLength(1)
    room.close()
  })

  test('C2: Graph gets POST /…/{ig_user}/messages with the bearer and the text; the result has message_id', async () => {
    const room = await cast.chat(await write('8002', 'mid.in.3', 'Hello'))
    room.send({ type: 'chat_message', content: 'خوش آمدید' })
    expect(await room.next('chat_message', 0)).toMatchObject({
      message: { type: 'support', content: 'خوش آمدید' },
      external_send_result: {
        success: true,
        message_id: expect.stringMatching(/^mid\.out\./),
        recipient_id: '8002',
      },
    })
    expect(cast.shop.graph.asked.filter(({ path }) => path.endsWith('/messages'))).toEqual([
      {
        method: 'POST',
        path: `/v23.0/${account.id}/messages`,
        authorization: `Bearer ${account.token}`,
        body: { recipient: { id: '8002' }, message: { text: 'خوش آمدید' } },
      },
    ])
    room.close()
  })

  test('a refusal of Graph’s is told in its words, and the message is stored', async () => {
    const id = await write('8003', 'mid.in.4', 'Hello')
    const error = {
      message: 'No matching user found',
      code: 100,
      error_subcode: 2018001,
      error_user_msg: 'Gone',
    }
    cast.shop.graph.refusals.set('8003', { status: 400, error })
    const answer = await cast.send(id, 'Are you there?')
    expect([answer.status, answer.json]).toMatchObject([
      201,
      {
        data: {
          external_send_result: {
            success: false,
            error: '400 Bad Request: No matching user found - Gone',
          },
        },
      },
    ])
    expect(await stored('Are you there?')).toHaveLength(1)
  })

  test('a day after the customer’s last message nothing is sent, and the sender is told why', async () => {
    const id = await write('8004', 'mid.in.5', 'Hello')
    await cast.query(
      `UPDATE message SET created_at = created_at - interval '24 hours' WHERE conversation_id = '${id}'`,
    )
    const answer = await cast.send(id, 'Too late')
    expect([answer.status, answer.json]).toMatchObject([400, { error_code: 'WINDOW_CLOSED' }])
    const room = await cast.chat(id)
    const told = await room.ask({ type: 'chat_message', content: 'Too late' }, 'error')
    expect(told).toMatchObject({ code: 'window_closed', error: expect.stringContaining('too long ago') })
    expect(await stored('Too late')).toEqual([])
    room.close()
  })

  test('object "page": 200 ignored; invalid JSON: 400 INVALID_JSON', async () => {
    const page = await deliver(cast.host, '{"object":"page","entry":[]}')
    expect([page.status, page.json]).toEqual([200, { status: 'ignored', reason: 'Not an Instagram webhook' }])
    const bad = await deliver(cast.host, '{bad json')
    expect([bad.status, bad.json]).toMatchObject([400, { error_code: 'INVALID_JSON' }])
  })

  test('missing or bad X-Hub-Signature-256: 401 or 403, nothing stored', async () => {
    const body = account.bodyOf(account.said('8005', 'mid.in.6', 'Forged'))
    const wrong: Record<string, string>[] = [
      {},
      { 'x-hub-signature-256': '' },
      { 'x-hub-signature-256': signatureOf(body, 'another secret') },
      { 'x-hub-signature-256': signatureOf(`${body} `) },
      { 'x-hub-signature': signatureOf(body) },
    ]
    for (const headers of wrong)
      expect([401, 403]).toContain((await deliver(cast.host, body, headers)).status)
    expect(await stored('Forged')).toEqual([])
    expect(await cast.query("SELECT 1 FROM customer WHERE source_id = '8005'")).toEqual([])
  })

  test('an account that nobody here connected is a failure in the list, and no message of anybody', async () => {
    const theirs = {
      object: 'instagram',
      entry: [{ id: '555', time: 1, messaging: [account.said('8006', 'm', 'Whose?')] }],
    }
    const answer = await deliver(cast.host, JSON.stringify(theirs))
    expect([answer.status, answer.json]).toMatchObject([
      200,
      { status: 'success', processed_count: 1, data: [{ status: 'error', error_code: 'CHANNEL_NOT_FOUND' }] },
    ])
    expect(await stored('Whose?')).toEqual([])
  })
})
