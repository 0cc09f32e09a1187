import { expect } from '@playwright/test'
import { Cast, conversationWith, newBotId, test } from '../support/cast.ts'
import type { RawSocket } from '../support/raw-socket.ts'
import { Bot } from '../support/telegram.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const say = (content: unknown, more: object = {}) => ({ type: 'chat_message', content, ...more })
/** Frames that answer one another on one socket: what came before this has come. */
const settled = (socket: RawSocket) => socket.ask({ type: 'ping' }, 'pong')

test.describe('What the platform says', () => {
  test('ok:false "Bad Request: chat not found": success=false, the error a text; still stored and broadcast', async () => {
    const id = await cast.converse(531)
    cast.telegram.manners.set(531, { status: 400, description: 'Bad Request: chat not found' })
    const [sender, second] = [await cast.chat(id), await cast.chat(id)]
    const frame = await sender.ask(say('nobody there'), 'chat_message')
    expect(frame).toMatchObject({
      message: { content: 'nobody there', type: 'support' },
      external_send_result: { success: false, error: 'Bad Request: chat not found' },
    })
    expect(await second.next('chat_message', 0)).toEqual(frame)
    const later = await cast.chat(id)
    expect(later.history.map(({ content }) => content)).toEqual(['Hello', 'nobody there'])
    for (const socket of [sender, second, later]) socket.close()
  })

  test('Telegram answers HTTP 500 or cuts the connection: success=false, and no field holds the bot token', async () => {
    const manners = [{ status: 500, description: `Internal ${cast.bot.token}` }, { isCut: true }]
    for (const [index, manner] of manners.entries()) {
      const chatId = 532 + index
      const id = await cast.converse(chatId)
      cast.telegram.manners.set(chatId, manner)
      const socket = await cast.chat(id)
      const frame = await socket.ask(say('no luck'), 'chat_message')
      expect(frame).toMatchObject({
        message: { content: 'no luck' },
        external_send_result: { success: false, error: expect.stringMatching(/./) },
      })
      expect(JSON.stringify(socket.frames)).not.toContain(cast.bot.token)
      cast.telegram.manners.delete(chatId)
      socket.close()
    }
  })

  test('a first attempt that failed but will be retried carries its error and pending:true', async () => {
    const id = await cast.converse(536)
    cast.telegram.manners.set(536, { status: 429, description: 'Too Many Requests: retry after 1' })
    const socket = await cast.chat(id)
    expect(await socket.ask(say('later'), 'chat_message')).toMatchObject({
      external_send_result: { success: false, error: 'Too Many Requests: retry after 1', pending: true },
    })
    cast.telegram.manners.delete(536)
    await expect.poll(() => cast.telegram.textsTo(536).length).toBe(2)
    await settled(socket)
    expect(socket.live).toHaveLength(1)
    socket.close()
  })

  test('Telegram answers HTTP 401 or 404, as to a bot that is no more: success=false, without the token', async () => {
    for (const [index, status] of [401, 404].entries()) {
      const chatId = 541 + index
      const bot = await Bot.connect(cast.host, cast.b, newBotId())
      await bot.write(cast.host, chatId, 'To a bot that is to end')
      const id = await conversationWith(cast.host, cast.b, chatId)
      cast.telegram.manners.set(chatId, { status, description: `Told ${status} of ${bot.token}` })
      const socket = await cast.chat(id, cast.b)
      const frame = await socket.ask(say('to nobody'), 'chat_message')
      expect(frame).toMatchObject({
        external_send_result: { success: false, error: expect.stringMatching(/./) },
      })
      expect(JSON.stringify(frame)).not.toContain(bot.token)
      socket.close()
    }
  })

  test('C1 without a connected channel: error="Telegram service not available"', async () => {
    const bot = await Bot.connect(cast.host, cast.b, newBotId())
    await bot.write(cast.host, 543, 'Soon without a channel')
    const deleted = await cast.rest(`/channels/${bot.channelId}/`, { method: 'DELETE', as: cast.b })
    expect(deleted.status).toBe(204)
    const id = await conversationWith(cast.host, cast.b, 543)
    const socket = await cast.chat(id, cast.b)
    expect(await socket.ask(say('anybody?'), 'chat_message')).toMatchObject({
      message: { content: 'anybody?' },
      external_send_result: { success: false, error: 'Telegram service not available' },
    })
    expect(cast.telegram.textsTo(543)).toEqual([])
    socket.close()
  })

  test('C0: error="Unknown conversation source"; the message is stored all the same', async () => {
    const socket = await cast.chat(cast.c0)
    expect(await socket.ask(say('into the void'), 'chat_message')).toMatchObject({
      message: { content: 'into the void', conversation_id: cast.c0, customer: { source: 'unknown' } },
      external_send_result: { success: false, error: 'Unknown conversation source' },
    })
    const later = await cast.chat(cast.c0)
    expect(later.history.map(({ content }) => content)).toEqual(['into the void'])
    socket.close()
    later.close()
  })

  test('C2 without a connected channel: error="Instagram service not available"; the message is stored all the same', async () => {
    const socket = await cast.chat(cast.c2)
    expect(await socket.ask(say('hello, Instagram'), 'chat_message')).toMatchObject({
      message: { content: 'hello, Instagram', customer: { source: 'instagram' } },
      external_send_result: { success: false, error: 'Instagram service not available' },
    })
    expect((await socket.ask({ type: 'get_messages' }, 'recent_messages')).count).toBe(1)
    socket.close()
  })
})
