import { expect } from '@playwright/test'
import { z } from 'zod'
import { Cast, conversationWith, INSTANT, newBotId, test } from '../support/cast.ts'
import { call, register } from '../support/rest.ts'
import { Bot } from '../support/telegram.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const rowsIn = (json: unknown) =>
  z
    .array(
      z.looseObject({
        id: z.string(),
        unread_count: z.number(),
        customer: z.looseObject({ source_id: z.string().nullable() }),
      }),
    )
    .parse(json)

test.describe('Inbound', () => {
  test('Telegram text of a new sender: 200 success; customer, conversation and message; the list with unread_count=1', async () => {
    const list = await cast.list()
    const update = cast.bot.updateOf(1101, 'Good morning', {
      first_name: 'Mina',
      last_name: 'Karimi',
      username: 'mina',
    })
    const answer = await cast.bot.post(cast.host, update)
    expect([answer.status, answer.json]).toMatchObject([
      200,
      { status: 'success', message: 'Message received and processed successfully' },
    ])
    const found = () =>
      rowsIn(list.of('conversations_list').at(-1)?.conversations).find(
        ({ customer }) => customer.source_id === '1101',
      )
    await list.until(() => found()?.unread_count === 1)
    expect(found()).toMatchObject({
      source: 'telegram',
      status: 'support_active',
      title: 'telegram - Mina Karimi (@mina) | telegram',
      customer: {
        source: 'telegram',
        source_id: '1101',
        first_name: 'Mina',
        last_name: 'Karimi',
        username: 'mina',
      },
      last_message: { content: 'Good morning', type: 'customer' },
    })
    await list.until(() => list.of('new_customer_message').length > 0)
    const room = await cast.chat(found()?.id)
    expect(room.frames[0]?.messages).toMatchObject([
      { type: 'customer', content: 'Good morning', is_answered: false },
    ])
    list.close()
    room.close()
  })

  test('A open on that room gets chat_message type customer with external_send_result {}; nothing is sent out', async () => {
    const id = await cast.converse(1102)
    const room = await cast.chat(id)
    const calls = cast.telegram.callsOf(cast.bot)
    await cast.bot.write(cast.host, 1102, 'سلام <b>')
    expect(await room.next('chat_message', 0)).toEqual({
      type: 'chat_message',
      message: expect.objectContaining({
        type: 'customer',
        content: 'سلام <b>',
        conversation_id: id,
        is_answered: false,
        created_at: INSTANT,
      }),
      external_send_result: {},
    })
    await room.ask({ type: 'ping' }, 'pong')
    expect(room.of('chat_message')).toHaveLength(1)
    expect(cast.telegram.callsOf(cast.bot)).toEqual(calls)
    room.close()
  })

  test('unknown bot: 404 CHANNEL_NOT_FOUND; the same update_id twice: one message', async () => {
    const { bot } = cast
    const update = bot.updateOf(1103, 'Only once')
    const unknown = await call(cast.host, '/api/v1/message/webhook/nobody_bot/', {
      body: update,
      headers: bot.headers,
    })
    expect([unknown.status, unknown.json]).toEqual([
      404,
      { status: 'error', message: "Bot channel 'nobody_bot' not found", error_code: 'CHANNEL_NOT_FOUND' },
    ])
    for (let i = 0; i < 3; i++)
      expect((await bot.post(cast.host, update)).json).toMatchObject({ status: 'success' })
    const room = await cast.chat(await conversationWith(cast.host, cast.a, 1103))
    expect(room.frames[0]?.count).toBe(1)
    room.close()
  })

  test('with and without the trailing slash', async () => {
    const { bot } = cast
    const answer = await call(cast.host, bot.path.slice(0, -1), {
      body: bot.updateOf(1104, 'No slash'),
      headers: bot.headers,
    })
    expect(answer.status).toBe(200)
    await conversationWith(cast.host, cast.a, 1104)
  })

  test('kinds that are no text, and updates without a message, are answered 200', async () => {
    const { bot } = cast
    const photo = bot.updateOf(1105, '')
    const { text: _, ...message } = photo.message
    const sent = await bot.post(cast.host, {
      ...photo,
      message: { ...message, photo: [{ file_id: 'x' }], caption: 'My receipt' },
    })
    expect([sent.status, sent.json]).toMatchObject([200, { status: 'success' }])
    const room = await cast.chat(await conversationWith(cast.host, cast.a, 1105))
    expect(room.frames[0]?.messages).toMatchObject([{ content: 'My receipt', message_type: 'image' }])
    const none = await bot.post(cast.host, { update_id: 900_001, my_chat_member: {} })
    expect([none.status, none.json]).toMatchObject([200, { status: 'ignored' }])
    room.close()
  })

  test('missing or wrong X-Telegram-Bot-Api-Secret-Token: 401 or 403, nothing stored', async () => {
    const { bot } = cast
    const header = 'x-telegram-bot-api-secret-token'
    const wrong: Record<string, string>[] = [
      {},
      { [header]: '' },
      { [header]: 'wrong' },
      { [header]: `${bot.secret}x` },
    ]
    for (const headers of wrong) {
      const answer = await call(cast.host, bot.path, {
        body: bot.updateOf(1106, 'Forged'),
        headers,
      })
      expect([401, 403]).toContain(answer.status)
    }
    const other = await call(cast.host, bot.path, {
      body: bot.updateOf(1107, 'Another bot’s secret'),
      headers: (await Bot.connect(cast.host, cast.b, newBotId())).headers,
    })
    expect([401, 403]).toContain(other.status)
    expect(
      await cast.query("SELECT 1 FROM message WHERE content IN ('Forged', 'Another bot’s secret')"),
    ).toEqual([])
    expect(await cast.query("SELECT 1 FROM customer WHERE source_id IN ('1106', '1107')")).toEqual([])
  })

  test('an existing customer’s names are only filled where they were blank', async () => {
    const id = await cast.converse(1108, 'Hi', {
      first_name: 'Ali',
      last_name: undefined,
      username: undefined,
    })
    await cast.bot.write(cast.host, 1108, 'Again', {
      first_name: 'Reza',
      last_name: 'Moradi',
      username: 'reza',
    })
    const room = await cast.chat(id)
    await room.until(() => room.history.length + room.live.length === 2)
    expect((await cast.rest(`/message/conversation-item/${id}/`)).json).toMatchObject({
      customer: { first_name: 'Ali', last_name: 'Moradi', username: 'reza' },
    })
    room.close()
  })

  test('a customer’s message reopens a closed conversation to support_active; any other status stays', async () => {
    const id = await cast.converse(1109)
    for (const [status, then] of [
      ['closed', 'support_active'],
      ['marketing_active', 'marketing_active'],
      ['active', 'active'],
    ]) {
      await cast.setStatus(id, status)
      const room = await cast.chat(id)
      await cast.bot.write(cast.host, 1109, `While ${status}`)
      await room.next('chat_message', 0)
      expect((await cast.rest(`/message/conversation-item/${id}/`)).json).toMatchObject({ id, status: then })
      room.close()
    }
  })

  test('one sender at two tenants’ bots is two customers: neither sees nor changes the other’s', async () => {
    const other = await register(cast.host, 'other')
    const bot = await Bot.connect(cast.host, other, newBotId())
    const mine = await cast.converse(1110, 'To A')
    await bot.write(cast.host, 1110, 'To the other')
    const theirs = await conversationWith(cast.host, other, 1110)
    expect(theirs).not.toBe(mine)
    const idOf = async (id: string, as = cast.a) =>
      z
        .looseObject({ customer: z.looseObject({ id: z.number() }) })
        .parse((await cast.rest(`/message/conversation-item/${id}/`, { as })).json).customer.id
    expect(await idOf(theirs, other)).not.toBe(await idOf(mine))
    expect((await cast.rest(`/message/customer-item/${await idOf(mine)}/`, { as: other })).status).toBe(404)
  })

  test('an edited update is answered 200', async () => {
    const { bot } = cast
    const { message, update_id } = bot.updateOf(1111, 'First wording')
    expect((await bot.post(cast.host, { update_id, message })).status).toBe(200)
    const edited = {
      update_id: 900_002,
      edited_message: { ...message, edit_date: 1_700_000_009, text: 'Second wording' },
    }
    expect((await bot.post(cast.host, edited)).status).toBe(200)
    const room = await cast.chat(await conversationWith(cast.host, cast.a, 1111))
    expect(room.frames[0]?.count).toBe(1)
    room.close()
  })

  test('an agent’s message leaves a closed conversation closed', async () => {
    const id = await cast.converse(1112)
    await cast.setStatus(id, 'closed')
    expect((await cast.send(id, 'One last thing')).status).toBe(201)
    expect((await cast.rest(`/message/conversation-item/${id}/`)).json).toMatchObject({ status: 'closed' })
  })
})
