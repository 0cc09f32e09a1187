import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startCast, startReceiver } from '../../emulators/telegram/emulator.testing.ts'
import { createTelegram } from './platform.ts'
import { channelAt } from './server.testing.ts'

let cast: Awaited<ReturnType<typeof startCast>>
beforeAll(async () => {
  cast = await startCast()
})
afterEach(() => cast.emulator.clearFaults())
afterAll(() => cast.emulator.close())

const channelWith = (token: string) => channelAt(cast.emulator.url, token)
// The reserved name is never resolved.
const telegram = createTelegram({ apiRoot: 'http://nobody.invalid' })
const plain = { op: 'send' as const, file: null, replyTo: null, isHumanAgent: false }
const send = (content: string, token = cast.bot.token) =>
  telegram.send(channelWith(token), { ...plain, recipient: String(cast.kim.id), content })

test('an accepted message is seen as it was written', async () => {
  const outcome = await send('1 < 2 <b>')
  expect(outcome).toMatchObject({ outcome: 'sent', result: { success: true, data: { ok: true } } })
  const stored = cast.emulator.listMessages({ botId: cast.bot.id, chatId: cast.kim.id }).at(-1)
  expect(stored?.text).toBe('1 < 2 <b>')
  expect(outcome).toMatchObject({ providerId: `${cast.kim.id}:${stored?.message_id}` })
})

test('a customer who blocked the bot is not written to again', async () => {
  const chat = { botId: cast.bot.id, chatId: cast.sara.id }
  cast.emulator.setBlocked({ ...chat, blocked: true })
  const to = { ...plain, recipient: String(cast.sara.id), content: 'a' }
  expect(await telegram.send(channelWith(cast.bot.token), to)).toEqual({
    outcome: 'failed',
    error: 'Forbidden: bot was blocked by the user',
    code: '403',
    unreachable: 'blocked',
  })
})

test('a message whose answer was cut off is unconfirmed, for it may have arrived', async () => {
  cast.emulator.setFault({ kind: 'drop-after' })
  expect(await send('a')).toEqual({ outcome: 'unconfirmed', error: 'Request timeout' })
})

test('a platform that cannot be reached is tried again', async () => {
  const gone = await startReceiver()
  await gone.close()
  const channel = { ...channelWith(cast.bot.token), apiRoot: new URL(gone.url).origin }
  const outcome = await telegram.send(channel, { ...plain, recipient: '1', content: 'a' })
  expect(outcome).toEqual({ outcome: 'retry', error: 'Telegram cannot be reached', retryAfterMs: null })
})

test('no error holds the token', async () => {
  const { token } = cast.bot
  cast.emulator.setFault({ kind: 'status', status: 400, description: `Bad ${token}` })
  const outcomes = [await send('a'), await send('a', '1:wrong-token-of-nobody')]
  const refused = await telegram.identify('1:wrong-token-of-nobody', cast.emulator.url).catch(String)
  expect(JSON.stringify([outcomes, refused])).not.toMatch(new RegExp(`${token}|wrong-token`))
  expect(outcomes[1]).toMatchObject({ outcome: 'stopped' })
})

test('a token tells whose it is, and a wrong one is refused with the words of Telegram', async () => {
  const { id, name, username, token } = cast.bot
  const known = await telegram.identify(token, cast.emulator.url)
  expect(known).toEqual({ externalId: String(id), name, username })
  const wrong = telegram.identify('1:wrong-token-of-nobody', cast.emulator.url)
  await expect(wrong).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringMatching(/Telegram refused this token: \w+/),
  })
  await expect(telegram.identify(token, null)).rejects.toMatchObject({ code: 'unavailable' })
})

test('updates come with the secret, which alone is let in', async () => {
  await using receiver = await startReceiver()
  const channel = channelWith(cast.bot.token)
  await telegram.setWebhook(channel, receiver.url)
  cast.write(cast.kim, 'hello')
  await expect.poll(() => receiver.deliveries.length, { interval: 5 }).toBeGreaterThan(0)
  const headers = receiver.deliveries[0]?.headers ?? {}
  const body = Buffer.from('{}')
  expect(telegram.verify(channel, headers, body)).toBe(true)
  expect(telegram.verify(channel, {}, body)).toBe(false)
  expect(telegram.verify(channel, { 'x-telegram-bot-api-secret-token': 'other' }, body)).toBe(false)
  await telegram.removeWebhook(channel)
  expect(cast.emulator.snapshot().bots[0]?.webhookUrl).toBeNull()
})

const lastSeen = () => cast.emulator.listMessages({ botId: cast.bot.id, chatId: cast.kim.id }).at(-1)
const hand = (outgoing: Parameters<typeof telegram.send>[1]) =>
  telegram.send(channelWith(cast.bot.token), outgoing)

test('a file, its caption and what it answers are seen by the customer, and so are later changes of it', async () => {
  const recipient = String(cast.kim.id)
  const chat = { botId: cast.bot.id, chatId: cast.kim.id }
  const { message: photo } = cast.emulator.write({ ...chat, message: { kind: 'photo' } })
  const { bytes } = cast.emulator.readFile(photo.file?.fileKey ?? 0)
  const { message: asked } = cast.write(cast.kim, 'have you a picture?')
  async function* once() {
    yield bytes
  }
  const file = {
    kind: 'image' as const,
    name: 'a.jpg',
    mime: 'image/jpeg',
    size: bytes.length,
    read: async () => once(),
    url: async () => '',
  }
  const replyTo = `${cast.kim.id}:${asked.message_id}`
  const sent = await hand({ ...plain, recipient, content: '<b>here</b>', file, replyTo })
  if (sent.outcome !== 'sent') throw new Error(JSON.stringify(sent))
  const { providerId } = sent
  expect(lastSeen()).toMatchObject({ kind: 'photo', text: 'here', replyToMessageId: asked.message_id })
  expect(cast.emulator.readFile(lastSeen()?.file?.fileKey ?? 0).bytes).toEqual(bytes)
  const change = { recipient, providerId }
  expect(await hand({ op: 'edit', ...change, content: 'there', hasFile: true })).toMatchObject({
    outcome: 'sent',
  })
  expect(await hand({ op: 'edit', ...change, content: 'there', hasFile: true })).toMatchObject({
    outcome: 'sent',
  })
  expect(lastSeen()).toMatchObject({ text: 'there', edited: true })
  expect(await hand({ op: 'react', recipient, providerId: replyTo, emoji: '👍' })).toMatchObject({
    outcome: 'sent',
  })
  expect(await hand({ op: 'delete', ...change })).toMatchObject({ outcome: 'sent' })
  expect(await hand({ op: 'delete', ...change })).toMatchObject({ outcome: 'sent' })
  expect(lastSeen()).toMatchObject({ message_id: asked.message_id, botReactions: ['👍'] })
})

test('what customers do in the emulator is understood as it was meant', async () => {
  const chat = { botId: cast.bot.id, chatId: cast.kim.id }
  await cast.call('deleteWebhook', { drop_pending_updates: true })
  const allowed_updates = ['message', 'edited_message', 'message_reaction', 'my_chat_member']
  await cast.call('getUpdates', { offset: -1, allowed_updates })
  const { message } = cast.emulator.write({ ...chat, message: { kind: 'photo', caption: 'one' } })
  cast.emulator.editText({ ...chat, messageId: message.message_id, text: 'two' })
  cast.emulator.react({ ...chat, messageId: message.message_id, emoji: ['👍'] })
  cast.emulator.setBlocked({ ...chat, blocked: true })
  cast.emulator.setBlocked({ ...chat, blocked: false })
  const updates = (await cast.call('getUpdates', { allowed_updates })).result as object[]
  const parsed = updates.map((update) => telegram.parse(JSON.stringify(update)))
  expect(parsed.slice(-5)).toMatchObject([
    { kind: 'message', message: { content: 'one', media: [{ kind: 'image' }] } },
    { kind: 'edit', content: 'two' },
    { kind: 'reaction', emojis: ['👍'] },
    { kind: 'reach', reason: 'blocked' },
    { kind: 'reach', reason: null },
  ])
})
