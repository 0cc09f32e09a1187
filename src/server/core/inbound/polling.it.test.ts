import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openPostgresStores } from '../../adapters/prisma/open-stores.testing.ts'
import { examineChannel } from '../channels/examine.ts'
import { openTelegramDesk } from './telegram-desk.testing.ts'

let opened: Awaited<ReturnType<ReturnType<typeof openPostgresStores>>>
let desk: Awaited<ReturnType<typeof openTelegramDesk>>
beforeAll(async () => {
  opened = await openPostgresStores('polling')()
})
beforeEach(async () => {
  desk = await openTelegramDesk(opened.stores)
})
afterEach(() => desk.close())
afterAll(() => opened?.close())

const pending = () => desk.emulator.snapshot().bots[0]?.pendingUpdates
const calls = (method: string) => desk.emulator.listCalls({ method }).calls

it('a message reaches a server that nobody can reach, and is confirmed only once it is stored', async () => {
  const { record } = desk.ctx.inbox
  let refused = 0
  desk.ctx.inbox = {
    ...desk.ctx.inbox,
    record: async (event) => {
      if (refused++ > 0) return record(event)
      throw new Error('the database is away')
    },
  }
  desk.write(desk.kim, 'سلام')
  desk.start()
  await expect.poll(() => refused, { interval: 5 }).toBe(1)
  expect(pending()).toBe(1)
  await desk.shows([{ content: 'سلام' }])
  await expect.poll(pending, { interval: 5 }).toBe(0)
  const offsets = calls('getUpdates').map(({ params }) => params.offset)
  expect(offsets.slice(0, 2)).toEqual([undefined, undefined])
  expect(Number(offsets.at(-1))).toBeGreaterThan(0)
  desk.write(desk.kim, 'هنوز اینجایی؟')
  await desk.shows([{ content: 'سلام' }, { content: 'هنوز اینجایی؟' }])
})

it('a pressed button is what stands on it, and stops waiting once that is stored', async () => {
  const { kim, bot } = desk
  desk.start()
  desk.write(kim, 'hello')
  await desk.shows([{}])
  const reply_markup = { inline_keyboard: [[{ text: 'Where is it?', callback_data: 'where' }]] }
  const chat = { id: kim.id, type: 'private', first_name: 'Kim' }
  const message = { message_id: 900, date: 1, chat, from: { id: bot.id, is_bot: true }, reply_markup }
  const from = { id: kim.id, is_bot: false, first_name: 'Kim' }
  const payload = { id: '55', from, chat_instance: 'i', message, data: 'where' }
  desk.emulator.sendUpdate({ botId: bot.id, kind: 'callback_query', payload })
  await desk.shows([{}, { content: 'Where is it?', type: 'customer' }])
  await expect
    .poll(() => calls('answerCallbackQuery'), { interval: 5 })
    .toMatchObject([{ params: { callback_query_id: '55' }, status: 200 }])
})

it('somebody else who asks for the same updates is told of by the doctor, in plain words', async () => {
  const found = async () => {
    const { checks } = await examineChannel(desk.anna, { channelId: desk.channel.id, isFresh: true })
    return checks.find(({ code }) => code === 'webhook')
  }
  expect(await found()).toMatchObject({ state: 'ok', finding: 'asked_for' })
  desk.start()
  await expect.poll(() => calls('getUpdates').length, { interval: 5 }).toBe(1)
  // Telegram lets the later one wait and sends the earlier one away; that one is ours until we ask again.
  desk.call('getUpdates', { timeout: 1 }).catch(() => {})
  await expect.poll(found, { interval: 20 }).toMatchObject({ state: 'warning', finding: 'contested' })
  desk.write(desk.kim, 'who hears me?')
  await desk.shows([{ content: 'who hears me?' }])
})
