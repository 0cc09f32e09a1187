import type { ChatFullInfo, File, Update, UserProfilePhotos } from '@grammyjs/types'
import { describe, expect, it } from 'vitest'
import { eventually } from '../../receiver.testing.ts'
import type { CreatedBot } from '../control-types.ts'
import { callBot, startCast, startReceiver, textOf } from '../emulator.testing.ts'

const HOUR = 3_600_000

type Cast = Awaited<ReturnType<typeof startCast>>
const refOf = ({ bot, kim }: Cast) => ({ botId: bot.id, chatId: kim.id })
const updatesOf = async (cast: Cast) => (await cast.call('getUpdates')).result as Update[]

async function control({ emulator }: Cast, verb: string, path: string, body?: object) {
  const response = await fetch(`${emulator.url}/control${path}`, {
    method: verb,
    headers: { 'x-emulator-key': emulator.controlKey },
    body: body && JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

describe('a revoked token', () => {
  it('opens nothing any more; the new one has no webhook, and finds what waited', async () => {
    await using receiver = await startReceiver()
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    const { body } = await control(cast, 'POST', `/bots/${cast.bot.id}/token`)
    const renewed = body as CreatedBot
    expect(renewed).toMatchObject({ id: cast.bot.id, username: 'shop_bot' })
    expect(renewed.token).not.toBe(cast.bot.token)
    cast.write(cast.kim, 'still there?')
    expect(await cast.call('getMe')).toMatchObject({ status: 401, description: 'Unauthorized' })
    const ask = (method: string, params = {}) => callBot(cast.emulator, renewed, { method, params })
    expect((await ask('getWebhookInfo')).result).toMatchObject({ url: '', pending_update_count: 1 })
    expect(receiver.deliveries).toEqual([])
    cast.emulator.advanceClock(1_000)
    await ask('setWebhook', { url: receiver.url })
    await eventually(() => expect(receiver.deliveries.map(textOf)).toEqual(['still there?']))
  })

  it('stays a secret, and a new one belongs to its bot', async () => {
    await using cast = await startCast()
    const first = cast.emulator.revokeToken({ botId: cast.bot.id, token: `${cast.bot.id}:short` })
    cast.emulator.revokeToken({ botId: cast.bot.id })
    await fetch(`${cast.emulator.url}/bot${first.token}/getMe?echo=${first.token}`)
    expect(JSON.stringify(cast.emulator.listCalls())).not.toContain('short')
    expect(() => cast.emulator.revokeToken({ botId: cast.bot.id, token: '1:another' })).toThrow(/digits/)
    expect((await control(cast, 'POST', '/bots/1/token')).status).toBe(404)
  })
})

describe('time travel', () => {
  it('makes old what is young, and at once what was to come', async () => {
    await using receiver = await startReceiver((delivery) => (textOf(delivery) === 'late' ? 503 : 200))
    await using cast = await startCast({ retry: { baseMs: 60_000, capMs: 600_000 } })
    const { message } = cast.write(cast.kim, 'old')
    const before = cast.emulator.snapshot().nowMs
    const { body } = await control(cast, 'POST', '/clock', { advanceMs: 48 * HOUR })
    expect(body.nowMs).toBeGreaterThanOrEqual(before + 48 * HOUR)
    const params = { chat_id: cast.kim.id, message_id: message.message_id }
    expect((await cast.call('deleteMessage', params)).description).toBe(
      "Bad Request: message can't be deleted",
    )
    await cast.call('setWebhook', { url: receiver.url })
    cast.write(cast.kim, 'late')
    await eventually(() => expect(receiver.deliveries).toHaveLength(2))
    receiver.react = () => 200
    await eventually(() => {
      // The next try is set two minutes ahead as soon as the refusal has arrived.
      cast.emulator.advanceClock(120_000)
      expect(receiver.deliveries).toHaveLength(3)
    })
  })

  it('goes forward only', async () => {
    await using cast = await startCast()
    expect((await control(cast, 'POST', '/clock', { advanceMs: -1 })).status).toBe(400)
  })
})

describe('an update of any kind', () => {
  it('is told as it was given, also when nobody knows it yet', async () => {
    await using cast = await startCast()
    const path = `/bots/${cast.bot.id}/updates`
    const sent = await control(cast, 'POST', path, { kind: 'hologram_projected', payload: { depth: 3 } })
    expect(await updatesOf(cast)).toEqual([
      { update_id: sent.body.updateId, hologram_projected: { depth: 3 } },
    ])
  })

  it('is not told when its kind is known and not asked for', async () => {
    await using cast = await startCast()
    const send = (kind: string) =>
      cast.emulator.sendUpdate({ botId: cast.bot.id, kind, payload: { id: '1' } })
    expect(send('message_reaction').updateId).toBeNull()
    expect(send('callback_query').updateId).toEqual(expect.any(Number))
    expect(await updatesOf(cast)).toHaveLength(1)
  })
})

describe('a reaction of the customer', () => {
  it('is told with what was before, to bots that ask for it', async () => {
    await using cast = await startCast()
    const { message } = cast.write(cast.kim, 'hello')
    const react = (...emoji: string[]) =>
      cast.emulator.react({ ...refOf(cast), messageId: message.message_id, emoji })
    expect(react('👍').updateId).toBeNull()
    await cast.call('getUpdates', { allowed_updates: ['message', 'message_reaction'] })
    const { updateId } = react('❤', 'custom:5368324170671202286')
    const [update] = (await cast.call('getUpdates', { offset: updateId })).result as Update[]
    expect(update?.message_reaction).toEqual({
      chat: expect.objectContaining({ id: cast.kim.id }),
      user: expect.objectContaining({ id: cast.kim.id }),
      message_id: message.message_id,
      date: expect.any(Number),
      old_reaction: [{ type: 'emoji', emoji: '👍' }],
      new_reaction: [
        { type: 'emoji', emoji: '❤' },
        { type: 'custom_emoji', custom_emoji_id: '5368324170671202286' },
      ],
    })
  })
})

describe('a customer’s picture', () => {
  it('is in their profile and their chat, and can be fetched, until it is taken away', async () => {
    await using cast = await startCast()
    const path = `/users/${cast.kim.id}/photo`
    expect((await control(cast, 'PUT', path, { sample: 'jpeg' })).status).toBe(200)
    const photos = (await cast.call('getUserProfilePhotos', { user_id: cast.kim.id }))
      .result as UserProfilePhotos
    expect(photos).toMatchObject({ total_count: 1, photos: [[{ width: 90 }, { width: 320 }]] })
    const chat = (await cast.call('getChat', { chat_id: cast.kim.id })).result as ChatFullInfo
    expect(chat.photo?.big_file_id).toBe(photos.photos[0]?.at(-1)?.file_id)
    const { result } = await cast.call('getFile', { file_id: chat.photo?.small_file_id })
    const bytes = await fetch(`${cast.emulator.url}/file/bot${cast.bot.token}/${(result as File).file_path}`)
    expect(bytes.status).toBe(200)
    await control(cast, 'DELETE', path)
    const after = await cast.call('getUserProfilePhotos', { user_id: cast.kim.id })
    expect(after.result).toEqual({ total_count: 0, photos: [] })
  })
})

describe('known errors over HTTP', () => {
  it('are listed, and set by name', async () => {
    await using cast = await startCast()
    const { body } = await control(cast, 'GET', '/errors')
    expect(body.errors).toContainEqual({
      name: 'blocked',
      status: 403,
      description: 'Forbidden: bot was blocked by the user',
    })
    const fault = { kind: 'error', error: 'too_many_requests', retry_after: 9, chatId: cast.kim.id }
    expect((await control(cast, 'POST', '/faults', fault)).body).toMatchObject({
      kind: 'status',
      status: 429,
      parameters: { retry_after: 9 },
    })
    expect((await control(cast, 'POST', '/faults', { kind: 'error', error: 'toString' })).status).toBe(400)
  })

  it('and so are the other faults and orders', async () => {
    await using cast = await startCast()
    const delivery = `/bots/${cast.bot.id}/delivery`
    expect((await control(cast, 'POST', '/faults', { kind: 'drop-before' })).status).toBe(200)
    expect((await control(cast, 'POST', '/faults', { kind: 'not-json', status: 502 })).status).toBe(200)
    expect((await control(cast, 'POST', '/faults', { kind: 'not-json', status: 99 })).status).toBe(400)
    expect((await control(cast, 'PATCH', delivery, { order: 'reversed' })).body.order).toBe('reversed')
    expect((await control(cast, 'PATCH', delivery, { order: 'random' })).status).toBe(400)
  })
})
