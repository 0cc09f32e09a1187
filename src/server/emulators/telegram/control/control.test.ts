import { describe, expect, it } from 'vitest'
import type { ChatSummary, CreatedBot, UserAccount } from '../control-types.ts'
import { callBot, startCast } from '../emulator.testing.ts'
import type { UserAction } from '../message-types.ts'
import { startTelegramEmulator, type TelegramEmulator } from '../start.ts'

async function request(
  emulator: TelegramEmulator,
  path: string,
  {
    verb = 'GET',
    body,
    key = emulator.controlKey,
  }: { verb?: string; body?: unknown; key?: string | null } = {},
) {
  const response = await fetch(`${emulator.url}/control${path}`, {
    method: verb,
    headers: key === null ? {} : { 'x-emulator-key': key },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

describe('the control API over HTTP', () => {
  it('answers nobody without the key', async () => {
    await using cast = await startCast()
    for (const key of [null, '', 'wrong', `${cast.emulator.controlKey}x`]) {
      for (const path of [
        '/state',
        '/bots',
        `/bots/${cast.bot.id}/chats/${cast.kim.id}/events`,
        '/nowhere',
      ]) {
        expect(await request(cast.emulator, path, { key })).toEqual({
          status: 401,
          body: { error: { code: 'unauthenticated', message: expect.any(String) } },
        })
      }
    }
    expect((await request(cast.emulator, '/state')).status).toBe(200)
  })

  it('makes the cast, with ids and tokens of one’s own, as often as one likes', async () => {
    await using emulator = await startTelegramEmulator()
    const bot = { token: '77001:demo_token', name: 'Demo', username: 'demo_bot' }
    const user = { id: 4711, first_name: 'سارا', language_code: 'fa' }
    for (const name of ['Demo', 'Demo', 'Demo shop']) {
      const made = await request(emulator, '/bots', { verb: 'POST', body: { ...bot, name } })
      expect(made).toEqual({ status: 200, body: { ...bot, name, id: 77001 } satisfies CreatedBot })
      const person = await request(emulator, '/users', { verb: 'POST', body: user })
      expect(person.body).toEqual({
        ...user,
        last_name: null,
        username: null,
        deactivated: false,
      } satisfies UserAccount)
      const chat = await request(emulator, '/bots/77001/chats', { verb: 'POST', body: { userId: 4711 } })
      expect(chat.body).toMatchObject({ botId: 77001, chatId: 4711, blocked: false, lastMessage: null })
    }
    expect((await request(emulator, '/bots')).body).toEqual({
      bots: [{ id: 77001, name: 'Demo shop', username: 'demo_bot' }],
    })
    expect((await request(emulator, '/users')).body.users).toHaveLength(1)
    expect((await request(emulator, '/bots/77001/chats')).body.chats).toHaveLength(1)
  })

  it('keeps the chat and the webhook of a bot that is made again', async () => {
    await using cast = await startCast()
    cast.write(cast.kim, 'hello')
    await cast.call('setWebhook', { url: 'http://127.0.0.1:9/hook' })
    cast.emulator.createBot({ id: cast.bot.id, name: 'Shop', username: 'shop_bot' })
    cast.emulator.createUser({ id: cast.kim.id, first_name: 'Kim' })
    expect(cast.emulator.snapshot().bots).toMatchObject([{ webhookUrl: 'http://127.0.0.1:9/hook', chats: 2 }])
    expect(cast.emulator.listMessages({ botId: cast.bot.id, chatId: cast.kim.id })).toHaveLength(1)
  })

  it('lets a customer write, answer, edit and react, and lists both sides', async () => {
    await using cast = await startCast()
    const chat = `/bots/${cast.bot.id}/chats/${cast.kim.id}`
    const written = await request(cast.emulator, `${chat}/messages`, { verb: 'POST', body: { text: ' hi ' } })
    const { message, updateId }: UserAction = written.body
    expect(message).toMatchObject({ from: 'user', text: 'hi', edited: false, replyToMessageId: null })
    expect(updateId).toEqual(expect.any(Number))
    await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'welcome' })
    const answer = { text: 'thanks', replyToMessageId: message.message_id + 1 }
    await request(cast.emulator, `${chat}/messages`, { verb: 'POST', body: answer })
    await request(cast.emulator, `${chat}/messages/${message.message_id}`, {
      verb: 'PATCH',
      body: { text: 'hello' },
    })
    await request(cast.emulator, `${chat}/messages/${message.message_id + 1}/reaction`, {
      verb: 'PUT',
      body: { emoji: ['👍'] },
    })
    const { body } = await request(cast.emulator, `${chat}/messages`)
    expect(body.messages).toMatchObject([
      { from: 'user', text: 'hello', edited: true, editDateMs: expect.any(Number) },
      { from: 'bot', text: 'welcome', reactions: ['👍'] },
      { from: 'user', text: 'thanks', replyToMessageId: message.message_id + 1 },
    ])
    const newer = await request(cast.emulator, `${chat}/messages?after=${message.message_id}&limit=1`)
    expect(newer.body.messages).toMatchObject([{ text: 'welcome' }])
    const newest = await request(cast.emulator, `${chat}/messages?limit=1`)
    expect(newest.body.messages).toMatchObject([{ text: 'thanks' }])
  })

  it('does not let a customer edit what is not theirs, or write to a bot that they blocked', async () => {
    await using cast = await startCast()
    const chat = `/bots/${cast.bot.id}/chats/${cast.kim.id}`
    const sent = await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'welcome' })
    const { message_id } = sent.result as { message_id: number }
    const edit = { verb: 'PATCH', body: { text: 'x' } }
    expect((await request(cast.emulator, `${chat}/messages/${message_id}`, edit)).status).toBe(409)
    expect((await request(cast.emulator, `${chat}/messages/1`, edit)).status).toBe(404)
    const blocked = await request(cast.emulator, chat, { verb: 'PATCH', body: { blocked: true } })
    expect(blocked.body.chat).toMatchObject({ blocked: true } satisfies Partial<ChatSummary>)
    const write = { verb: 'POST', body: { text: 'hi' } }
    expect((await request(cast.emulator, `${chat}/messages`, write)).status).toBe(409)
    const again = await request(cast.emulator, chat, { verb: 'PATCH', body: { blocked: true } })
    expect(again.body.updateId).toBeNull()
  })

  it.each([
    ['GET', '/nowhere', undefined, 404],
    ['DELETE', '/bots', undefined, 405],
    ['GET', '/bots/1/chats', undefined, 404],
    ['POST', '/bots', '{', 400],
    ['POST', '/bots', [1], 400],
    ['POST', '/bots', { name: 'x' }, 400],
    ['POST', '/bots', { name: 'x', username: 'no spaces' }, 400],
    ['POST', '/bots', { name: 'x', username: 'x_bot', token: 'bad' }, 400],
    ['POST', '/bots', { name: 'x', username: 'x_bot', token: '5:a', id: 6 }, 400],
    ['POST', '/bots', { id: 1.5, name: 'x', username: 'x_bot' }, 400],
    ['POST', '/users', { first_name: ' ' }, 400],
    ['POST', '/users', { first_name: 7 }, 400],
    ['POST', '/faults', { kind: 'earthquake' }, 400],
    ['POST', '/faults', { kind: 'status', status: 500 }, 400],
    ['PATCH', '/users/1', { deactivated: true }, 404],
    ['PUT', '/flood-limits', {}, 400],
  ])('refuses %s %s %j', async (verb, path, body, status) => {
    await using cast = await startCast()
    const refused = await request(cast.emulator, path, { verb, body })
    expect(refused).toEqual({
      status,
      body: { error: { code: expect.any(String), message: expect.any(String) } },
    })
  })

  it('refuses texts that nobody could type', async () => {
    await using cast = await startCast()
    const path = `/bots/${cast.bot.id}/chats/${cast.kim.id}/messages`
    for (const text of ['', '  ', 'x'.repeat(4097)]) {
      expect((await request(cast.emulator, path, { verb: 'POST', body: { text } })).status).toBe(400)
    }
    expect(cast.emulator.snapshot().bots[0]?.pendingUpdates).toBe(0)
  })

  it('refuses another token for a bot that there is', async () => {
    await using cast = await startCast()
    const body = { token: `${cast.bot.id}:another`, name: 'Shop', username: 'shop_bot' }
    expect((await request(cast.emulator, '/bots', { verb: 'POST', body })).status).toBe(409)
  })

  it('sets faults, delivery and flood limits, and tells of them', async () => {
    await using cast = await startCast()
    const aim = { botId: cast.bot.id, method: 'sendMessage' }
    const fault = await request(cast.emulator, '/faults', {
      verb: 'POST',
      body: {
        ...aim,
        kind: 'status',
        status: 429,
        description: 'x',
        parameters: { retry_after: 3 },
        times: 2,
      },
    })
    expect(fault.body).toMatchObject({ ...aim, chatId: null, remaining: 2, parameters: { retry_after: 3 } })
    const settings = { paused: true, copies: 2 }
    await request(cast.emulator, `/bots/${cast.bot.id}/delivery`, { verb: 'PATCH', body: settings })
    await request(cast.emulator, '/flood-limits', { verb: 'PUT', body: { enabled: true } })
    const state = await request(cast.emulator, '/state')
    expect(state.body).toMatchObject({
      bots: [{ delivery: { paused: true, copies: 2, latencyMs: 0 }, webhookUrl: null }],
      faults: [fault.body],
      floodLimits: true,
    })
    expect((await cast.call('sendMessage')).parameters).toEqual({ retry_after: 3 })
    const calls = await request(cast.emulator, `/calls?method=sendMessage&botId=${cast.bot.id}`)
    expect(calls.body).toMatchObject({ calls: [{ method: 'sendMessage', status: 429 }], dropped: 0 })
    await request(cast.emulator, '/faults', { verb: 'DELETE' })
    expect((await request(cast.emulator, '/faults')).body).toEqual({ faults: [] })
  })

  it('empties the world on reset', async () => {
    await using cast = await startCast()
    cast.write(cast.kim, 'hello')
    expect((await request(cast.emulator, '/reset', { verb: 'POST' })).status).toBe(200)
    expect(cast.emulator.snapshot()).toMatchObject({ bots: [], users: 0, calls: 0, faults: [] })
    expect((await cast.call('getMe')).status).toBe(401)
    const bot = cast.emulator.createBot({ ...cast.bot })
    expect((await callBot(cast.emulator, bot, { method: 'getMe', params: {} })).status).toBe(200)
  })

  it('has room for so many bots and users and no more', async () => {
    await using cast = await startCast({ limits: { maxBots: 1, maxUsers: 2, maxMessagesPerChat: 2 } })
    const bot = { name: 'Second', username: 'second_bot' }
    expect((await request(cast.emulator, '/bots', { verb: 'POST', body: bot })).status).toBe(503)
    const user = { first_name: 'Third' }
    expect((await request(cast.emulator, '/users', { verb: 'POST', body: user })).status).toBe(503)
    for (const text of ['one', 'two', 'three']) cast.write(cast.kim, text)
    const messages = cast.emulator.listMessages({ botId: cast.bot.id, chatId: cast.kim.id })
    expect(messages.map(({ text }) => text)).toEqual(['two', 'three'])
  })
})
