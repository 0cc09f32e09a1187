import { describe, expect, it } from 'vitest'
import { Clock } from '../../clock.ts'
import { startCast } from '../emulator.testing.ts'

const HOUR = 3_600_000

describe('sendMessage', () => {
  it('puts the message into the chat and answers it', async () => {
    await using cast = await startCast()
    const answer = await cast.call('sendMessage', {
      chat_id: cast.kim.id,
      text: '  hello, see https://peyk.test/a.  \n',
    })
    const ref = { botId: cast.bot.id, chatId: cast.kim.id }
    const [message] = cast.emulator.listMessages(ref)
    expect(answer.result).toEqual({
      message_id: message?.message_id,
      from: { id: cast.bot.id, is_bot: true, first_name: 'Shop', username: 'shop_bot' },
      chat: { id: cast.kim.id, first_name: 'Kim', username: 'kim', type: 'private' },
      date: Math.floor((message?.dateMs ?? 0) / 1000),
      text: 'hello, see https://peyk.test/a.',
      entities: [{ type: 'url', offset: 11, length: 19 }],
    })
    expect(message).toMatchObject({ from: 'bot', text: 'hello, see https://peyk.test/a.', edited: false })
  })

  it.each([
    [{ chat_id: '' }, 'chat_id is empty'],
    [{ chat_id: 999 }, 'chat not found'],
    [{ chat_id: '@nobody' }, 'chat not found'],
    [{ text: '' }, 'message text is empty'],
    [{ text: ' \n\u200b ' }, 'text must be non-empty'],
    [{ text: '<b> </b>', parse_mode: 'HTML' }, 'text must be non-empty'],
    [{ text: 'x'.repeat(4097) }, 'message is too long'],
    [{ text: '🙂'.repeat(2049) }, 'message is too long'],
    [{ text: 'م'.repeat(16_385) }, 'text is too long'],
    [{ text: 'x', parse_mode: 'rtf' }, 'unsupported parse_mode'],
    [
      { text: '<b>bold', parse_mode: 'HTML' },
      'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
    ],
    [{ reply_parameters: { message_id: 77 } }, 'message to be replied not found'],
    [{ reply_parameters: '{' }, "can't parse reply parameters JSON object"],
    [{ reply_markup: '{' }, "can't parse reply keyboard markup JSON object"],
  ])('refuses %j', async (params, reason) => {
    await using cast = await startCast()
    const answer = await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'fine', ...params })
    expect(answer).toMatchObject({ status: 400, ok: false, description: `Bad Request: ${reason}` })
    expect(cast.emulator.listMessages({ botId: cast.bot.id, chatId: cast.kim.id })).toEqual([])
  })

  it.each([
    [{ text: 'x'.repeat(4096) }, 4096],
    [{ text: '🙂'.repeat(2048) }, 4096],
    [{ text: ` ${'م'.repeat(4096)} ` }, 4096],
    [{ text: `<b>${'x'.repeat(4096)}</b>`, parse_mode: 'html' }, 4096],
  ])('takes text up to the very limit (case %#)', async (params, length) => {
    await using cast = await startCast()
    const answer = await cast.call('sendMessage', { chat_id: cast.kim.id, ...params })
    expect(answer.status).toBe(200)
    expect((answer.result as { text: string }).text).toHaveLength(length)
  })

  it('replies to a message', async () => {
    await using cast = await startCast()
    const { message } = cast.write(cast.kim, 'question')
    const reply_parameters = { message_id: message.message_id }
    const answer = await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'answer', reply_parameters })
    expect(answer.result).toMatchObject({ reply_to_message: { text: 'question' } })
  })

  it('sends without the reply where that is allowed', async () => {
    await using cast = await startCast()
    const reply_parameters = { message_id: 1, allow_sending_without_reply: true }
    const answer = await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'answer', reply_parameters })
    expect(answer.status).toBe(200)
    expect(answer.result).not.toHaveProperty('reply_to_message')
  })

  it('is refused by those who blocked the bot, until they unblock it', async () => {
    await using cast = await startCast()
    const ref = { botId: cast.bot.id, chatId: cast.kim.id }
    cast.emulator.setBlocked({ ...ref, blocked: true })
    expect(await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'hi' })).toMatchObject({
      status: 403,
      description: 'Forbidden: bot was blocked by the user',
    })
    cast.emulator.setBlocked({ ...ref, blocked: false })
    expect((await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'hi' })).status).toBe(200)
  })

  it('does not reach a deactivated user', async () => {
    await using cast = await startCast()
    cast.emulator.setDeactivated({ userId: cast.kim.id, deactivated: true })
    expect(await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'hi' })).toMatchObject({
      status: 403,
      description: 'Forbidden: user is deactivated',
    })
    expect((await cast.call('sendMessage', { chat_id: cast.sara.id, text: 'hi' })).status).toBe(200)
  })

  it('does not open a chat with a user who never wrote', async () => {
    await using cast = await startCast()
    const stranger = cast.emulator.createUser({ first_name: 'Stranger' })
    expect(await cast.call('sendMessage', { chat_id: stranger.id, text: 'hi' })).toMatchObject({
      status: 400,
      description: 'Bad Request: chat not found',
    })
    cast.write(stranger, '/start')
    expect((await cast.call('sendMessage', { chat_id: stranger.id, text: 'hi' })).status).toBe(200)
  })
})

describe('editMessageText', () => {
  async function startEdited() {
    const cast = await startCast()
    const sent = await cast.call('sendMessage', { chat_id: cast.kim.id, text: 'first' })
    const { message_id } = sent.result as { message_id: number }
    return {
      ...cast,
      edit: (params: object) => cast.call('editMessageText', { chat_id: cast.kim.id, message_id, ...params }),
    }
  }

  it('changes a message of the bot', async () => {
    await using cast = await startEdited()
    expect(await cast.edit({ text: 'second' })).toMatchObject({
      result: { text: 'second', edit_date: expect.any(Number) },
    })
    const [message] = cast.emulator.listMessages({ botId: cast.bot.id, chatId: cast.kim.id })
    expect(message).toMatchObject({ text: 'second', edited: true })
  })

  it('refuses what changes nothing', async () => {
    await using cast = await startEdited()
    const { status, description } = await cast.edit({ text: ' first ' })
    expect(status).toBe(400)
    expect(description).toMatch(/^Bad Request: message is not modified: specified new message content/)
  })

  it('refuses messages of others, unknown ones and none', async () => {
    await using cast = await startEdited()
    const { message } = cast.write(cast.kim, 'mine')
    const foreign = await cast.edit({ text: 'x', message_id: message.message_id })
    expect(foreign.description).toBe("Bad Request: message can't be edited")
    const unknown = await cast.edit({ text: 'x', message_id: 1 })
    expect(unknown.description).toBe('Bad Request: message to edit not found')
    const none = await cast.edit({ text: 'x', message_id: '' })
    expect(none.description).toBe('Bad Request: message identifier is not specified')
  })
})

describe('deleteMessage', () => {
  it('takes the message away', async () => {
    await using cast = await startCast()
    const { message } = cast.write(cast.kim, 'hello')
    const params = { chat_id: cast.kim.id, message_id: message.message_id }
    expect(await cast.call('deleteMessage', params)).toMatchObject({ ok: true, result: true })
    expect(cast.emulator.listMessages({ botId: cast.bot.id, chatId: cast.kim.id })).toEqual([])
    expect(await cast.call('deleteMessage', params)).toMatchObject({
      description: 'Bad Request: message to delete not found',
    })
  })

  it('does not take away what is older than two days', async () => {
    const clock = new Clock(Date.UTC(2026, 10, 22))
    await using cast = await startCast({ clock })
    const { message } = cast.write(cast.kim, 'hello')
    clock.advance(48 * HOUR)
    const params = { chat_id: cast.kim.id, message_id: message.message_id }
    expect(await cast.call('deleteMessage', params)).toMatchObject({
      status: 400,
      description: "Bad Request: message can't be deleted",
    })
  })
})

describe('sendChatAction', () => {
  it('shows in the chat and is not kept', async () => {
    await using cast = await startCast()
    const ref = { botId: cast.bot.id, chatId: cast.kim.id }
    const seen: string[] = []
    cast.emulator.watchChat(ref, (event) =>
      seen.push(event.type === 'chat_action' ? event.action : event.type),
    )
    expect(await cast.call('sendChatAction', { chat_id: cast.kim.id, action: 'typing' })).toMatchObject({
      result: true,
    })
    expect(seen).toEqual(['ready', 'typing'])
  })

  it('refuses an action that there is not', async () => {
    await using cast = await startCast()
    expect(await cast.call('sendChatAction', { chat_id: cast.kim.id, action: 'dancing' })).toMatchObject({
      status: 400,
      description: 'Bad Request: wrong parameter action in request',
    })
  })
})

describe('answerCallbackQuery', () => {
  it('ends the waiting for a press, and refuses one without its id', async () => {
    await using cast = await startCast()
    expect(await cast.call('answerCallbackQuery', { callback_query_id: '55' })).toMatchObject({
      result: true,
    })
    expect(await cast.call('answerCallbackQuery')).toMatchObject({
      status: 400,
      description: expect.stringContaining('query ID is invalid'),
    })
  })
})

describe('flood limits', () => {
  it('hold a chat that is written to too fast, with the seconds to wait, and no other chat', async () => {
    const clock = new Clock(Date.UTC(2026, 10, 22))
    await using cast = await startCast({ clock })
    cast.emulator.setFloodLimits(true)
    const send = (chat_id: number) => cast.call('sendMessage', { chat_id, text: 'hi' })
    for (let n = 0; n < 5; n += 1) expect((await send(cast.kim.id)).status).toBe(200)
    const refused = await send(cast.kim.id)
    expect(refused).toMatchObject({
      status: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    })
    expect(refused.headers.get('retry-after')).toBe('1')
    expect((await send(cast.sara.id)).status).toBe(200)
    clock.advance(1_000)
    expect((await send(cast.kim.id)).status).toBe(200)
  })

  it('are off until asked for', async () => {
    await using cast = await startCast()
    for (let n = 0; n < 40; n += 1) {
      const { status } = await cast.call('sendMessage', { chat_id: cast.kim.id, text: `hi ${n}` })
      expect(status).toBe(200)
    }
  })
})
