import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startCast, startReceiver } from '../../emulators/telegram/emulator.testing.ts'
import { createTelegram } from './platform.ts'
import { channelAt } from './server.testing.ts'

let cast: Awaited<ReturnType<typeof startCast>>
let receiver: Awaited<ReturnType<typeof startReceiver>>
let lastUpdate = 0
beforeAll(async () => {
  cast = await startCast()
  receiver = await startReceiver()
})
afterEach(async () => {
  cast.emulator.clearFaults()
  receiver.react = () => 200
  cast.emulator.setDelivery({ botId: cast.bot.id, paused: false })
  await cast.call('deleteWebhook', { drop_pending_updates: true })
  cast.emulator.advanceClock(2_000)
})
afterAll(async () => {
  await receiver.close()
  await cast.emulator.close()
})

const telegram = createTelegram({ apiRoot: 'http://nobody.invalid' })
const channel = (token = cast.bot.token) => channelAt(cast.emulator.url, token)
const examine = (token?: string) => telegram.examine?.(channel(token))
const set = () => telegram.setWebhook(channel(), receiver.url)

test('a bot whose updates come here is told of as it is', async () => {
  await set()
  expect(await examine()).toEqual({
    token: 'accepted',
    words: null,
    account: String(cast.bot.id),
    webhook: {
      url: receiver.url,
      isSet: true,
      pending: 0,
      lastError: null,
      lastErrorAt: null,
      missing: [],
    },
    isSecretKnown: null,
    clockAheadMs: 0,
  })
})

test('a webhook that is not set, and one that leads elsewhere, are seen', async () => {
  expect(await examine()).toMatchObject({ webhook: { url: null, isSet: false } })
  await cast.call('setWebhook', { url: 'http://127.0.0.1:9/other', allowed_updates: ['message'] })
  expect(await examine()).toMatchObject({
    webhook: {
      url: 'http://127.0.0.1:9/other',
      missing: ['edited_message', 'message_reaction', 'my_chat_member', 'callback_query'],
    },
  })
})

test('reactions are missing where a bot asks for the usual', async () => {
  await cast.call('setWebhook', { url: receiver.url, allowed_updates: [] })
  expect(await examine()).toMatchObject({ webhook: { missing: ['message_reaction'] } })
})

test('what waits is counted', async () => {
  await set()
  cast.emulator.setDelivery({ botId: cast.bot.id, paused: true })
  for (const text of ['a', 'b', 'c']) lastUpdate = cast.write(cast.kim, text).updateId ?? lastUpdate
  expect(await examine()).toMatchObject({ webhook: { pending: 3, lastError: null } })
})

test('a webhook that refuses is told of in Telegram’s words', async () => {
  receiver.react = () => 401
  await set()
  cast.write(cast.kim, 'hello')
  const told = async () => (await examine())?.webhook?.lastError ?? ''
  await expect.poll(told, { interval: 5 }).toContain('401')
  expect(await examine()).toMatchObject({ webhook: { pending: 1, lastErrorAt: expect.any(String) } })
})

test('a token that was taken back is refused, and stands in no answer', async () => {
  const bot = cast.emulator.createBot({ name: 'Other', username: 'other_bot' })
  cast.emulator.revokeToken({ botId: bot.id })
  const found = await examine(bot.token)
  expect(found).toMatchObject({ token: 'refused', words: 'Unauthorized', account: null, webhook: null })
  expect(JSON.stringify(found)).not.toContain(bot.token)
})

test.each([429, 500])('an answer of %i is no refusal of the token', async (status) => {
  cast.emulator.setFault({ kind: 'status', status, description: 'Not now', parameters: {} })
  expect(await examine()).toMatchObject({ token: 'unreachable', words: 'Not now' })
})

test('a server that is not there cannot be reached', async () => {
  const found = await telegram.examine?.(channelAt('http://127.0.0.1:9', cast.bot.token))
  expect(found).toEqual({
    token: 'unreachable',
    words: null,
    account: null,
    webhook: null,
    isSecretKnown: null,
    clockAheadMs: null,
  })
})
