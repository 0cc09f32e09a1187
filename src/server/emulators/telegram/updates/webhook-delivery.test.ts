import { describe, expect, it } from 'vitest'
import { eventually } from '../../receiver.testing.ts'
import { startCast, startReceiver, textOf } from '../emulator.testing.ts'

const idsOf = (deliveries: Array<{ update: { update_id: number } }>) =>
  deliveries.map(({ update }) => update.update_id)

describe('delivery to a webhook', () => {
  it('posts the message as Telegram shapes it', async () => {
    await using receiver = await startReceiver()
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    const { message, updateId } = cast.write(cast.sara, 'سلام، سفارش من؟')
    await eventually(() => expect(receiver.deliveries).toHaveLength(1))
    const person = { id: cast.sara.id, first_name: 'سارا', last_name: 'احمدی' }
    expect(receiver.deliveries[0]?.update).toEqual({
      update_id: updateId,
      message: {
        message_id: message.message_id,
        from: { ...person, is_bot: false, language_code: 'fa' },
        chat: { ...person, type: 'private' },
        date: Math.floor(message.dateMs / 1000),
        text: 'سلام، سفارش من؟',
      },
    })
  })

  it('carries the secret token in its header', async () => {
    await using receiver = await startReceiver()
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url, secret_token: 'whisper_It-7' })
    cast.write(cast.kim, 'hello')
    await eventually(() => expect(receiver.deliveries).toHaveLength(1))
    expect(receiver.deliveries[0]?.headers['x-telegram-bot-api-secret-token']).toBe('whisper_It-7')
    expect(receiver.deliveries[0]?.headers['content-type']).toBe('application/json')
  })

  it('carries no such header when the webhook has no secret', async () => {
    await using receiver = await startReceiver()
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    cast.write(cast.kim, 'hello')
    await eventually(() => expect(receiver.deliveries).toHaveLength(1))
    expect(receiver.deliveries[0]?.headers).not.toHaveProperty('x-telegram-bot-api-secret-token')
  })

  it('keeps the order of a chat while the receiver fails', async () => {
    const refusals = new Map([
      ['one', [500, 404, 302] as const],
      ['two', [503] as const],
    ])
    const seen = new Map<string, number>()
    await using receiver = await startReceiver((delivery) => {
      const text = textOf(delivery)
      const times = seen.get(text) ?? 0
      seen.set(text, times + 1)
      return refusals.get(text)?.[times] ?? 200
    })
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    for (const text of ['one', 'two', 'three']) cast.write(cast.kim, text)
    await eventually(() => expect(cast.emulator.snapshot().bots[0]?.pendingUpdates).toBe(0))
    expect(receiver.deliveries.map(textOf)).toEqual(['one', 'one', 'one', 'one', 'two', 'two', 'three'])
    expect(receiver.mostAtOnce).toBe(1)
  })

  it('repeats an update with the same update_id until it is confirmed with 2xx', async () => {
    let attempts = 0
    await using receiver = await startReceiver(() => {
      attempts += 1
      return attempts === 1 ? 'cut' : attempts < 4 ? 500 : 204
    })
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    const { updateId } = cast.write(cast.kim, 'hello')
    await eventually(() => expect(cast.emulator.snapshot().bots[0]?.pendingUpdates).toBe(0))
    expect(idsOf(receiver.deliveries)).toEqual([updateId, updateId, updateId, updateId])
    expect(new Set(receiver.deliveries.map(({ update }) => JSON.stringify(update))).size).toBe(1)
  })

  it('does not let one failing chat hold up another', async () => {
    await using receiver = await startReceiver(({ update }) =>
      update.message?.from.id === cast.kim.id ? 500 : 200,
    )
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    cast.write(cast.kim, 'fails')
    cast.write(cast.kim, 'waits behind it')
    for (let n = 0; n < 10; n += 1) cast.write(cast.sara, `پیام ${n}`)
    const fromSara = () =>
      receiver.deliveries.filter(({ update }) => update.message?.from.id === cast.sara.id)
    await eventually(() => expect(fromSara()).toHaveLength(10))
    expect(fromSara().map(textOf)).toEqual(Array.from({ length: 10 }, (_, n) => `پیام ${n}`))
    await eventually(() => expect(cast.emulator.snapshot().bots[0]?.pendingUpdates).toBe(2))
    expect(receiver.deliveries.map(textOf)).not.toContain('waits behind it')
  })

  it('lets a reaction and a block overtake a message that cannot be delivered', async () => {
    await using receiver = await startReceiver(({ update }) => (update.message ? 500 : 200))
    await using cast = await startCast()
    await cast.call('setWebhook', {
      url: receiver.url,
      allowed_updates: ['message', 'message_reaction', 'my_chat_member'],
    })
    const ref = { botId: cast.bot.id, chatId: cast.kim.id }
    const { message } = cast.write(cast.kim, 'stuck')
    cast.emulator.react({ ...ref, messageId: message.message_id, emoji: ['👍'] })
    cast.emulator.setBlocked({ ...ref, blocked: true })
    await eventually(() => expect(cast.emulator.snapshot().bots[0]?.pendingUpdates).toBe(1))
    const updates = receiver.deliveries.map(({ update }) => update)
    expect(updates.find((update) => update.message_reaction)?.message_reaction).toMatchObject({
      message_id: message.message_id,
      old_reaction: [],
      new_reaction: [{ type: 'emoji', emoji: '👍' }],
    })
    expect(updates.find((update) => update.my_chat_member)?.my_chat_member).toMatchObject({
      old_chat_member: { status: 'member' },
      new_chat_member: { status: 'kicked' },
    })
  })

  it('uses as many connections as max_connections says, and no more', async () => {
    const held: Array<() => void> = []
    await using receiver = await startReceiver(async () => {
      await new Promise<void>((resolve) => held.push(resolve))
      return 200
    })
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url, max_connections: 3 })
    for (let n = 0; n < 6; n += 1) cast.write(cast.emulator.createUser({ first_name: `Guest ${n}` }), 'hello')
    await eventually(() => expect(held).toHaveLength(3))
    for (let answered = 0; answered < 6; answered += 1) {
      await eventually(() => expect(held.length).toBeGreaterThan(0))
      held.shift()?.()
    }
    await eventually(() => expect(cast.emulator.snapshot().bots[0]?.pendingUpdates).toBe(0))
    expect(receiver.deliveries).toHaveLength(6)
    expect(receiver.mostAtOnce).toBe(3)
  })

  it('sends nothing of a kind that the bot did not ask for', async () => {
    await using receiver = await startReceiver()
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    const { message } = cast.write(cast.kim, 'hello')
    const ref = { botId: cast.bot.id, chatId: cast.kim.id }
    const reacted = cast.emulator.react({ ...ref, messageId: message.message_id, emoji: ['🔥'] })
    expect(reacted.updateId).toBeNull()
    expect(reacted.message.reactions).toEqual(['🔥'])
    const edited = cast.emulator.editText({ ...ref, messageId: message.message_id, text: 'hello again' })
    await eventually(() => expect(idsOf(receiver.deliveries)).toContain(edited.updateId))
    expect(receiver.deliveries.map(({ update }) => Object.keys(update)[1])).toEqual([
      'message',
      'edited_message',
    ])
    expect(receiver.deliveries[1]?.update.edited_message).toMatchObject({
      message_id: message.message_id,
      edit_date: expect.any(Number),
    })
  })

  it('tells what a message answers, one level deep', async () => {
    await using receiver = await startReceiver()
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    const ref = { botId: cast.bot.id, chatId: cast.kim.id }
    const first = cast.write(cast.kim, 'first').message.message_id
    const second = cast.emulator.writeText({ ...ref, text: 'second', replyToMessageId: first })
    cast.emulator.writeText({ ...ref, text: 'third', replyToMessageId: second.message.message_id })
    await eventually(() => expect(receiver.deliveries).toHaveLength(3))
    const third = receiver.deliveries[2]?.update.message
    expect(third?.reply_to_message?.text).toBe('second')
    expect(third?.reply_to_message).not.toHaveProperty('reply_to_message')
  })

  it('runs the method that an answer names', async () => {
    await using receiver = await startReceiver(({ update }) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ method: 'sendMessage', chat_id: update.message?.chat.id, text: 'noted' }),
    }))
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    cast.write(cast.kim, 'hello')
    const ref = { botId: cast.bot.id, chatId: cast.kim.id }
    await eventually(() =>
      expect(cast.emulator.listMessages(ref).map(({ text }) => text)).toEqual(['hello', 'noted']),
    )
  })

  it('does not run a method that an answer may not name', async () => {
    await using receiver = await startReceiver(() => ({
      status: 200,
      body: JSON.stringify({ method: 'deleteWebhook' }),
    }))
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    cast.write(cast.kim, 'one')
    await eventually(() => expect(cast.emulator.snapshot().bots[0]?.pendingUpdates).toBe(0))
    cast.write(cast.kim, 'two')
    await eventually(() => expect(receiver.deliveries).toHaveLength(2))
    expect(cast.emulator.listCalls({ method: 'deleteWebhook' }).calls).toHaveLength(0)
  })

  it('keeps what was not confirmed for whoever asks next', async () => {
    await using receiver = await startReceiver(() => 'hang')
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    const { updateId } = cast.write(cast.kim, 'hello')
    await eventually(() => expect(receiver.deliveries).toHaveLength(1))
    await cast.call('deleteWebhook')
    const { result } = await cast.call('getUpdates')
    expect(result).toMatchObject([{ update_id: updateId, message: { text: 'hello' } }])
  })
})
