import { describe, expect, it } from 'vitest'
import { Clock } from '../../clock.ts'
import { eventually } from '../../receiver.testing.ts'
import { startCast, startReceiver, textOf } from '../emulator.testing.ts'

const pendingOf = ({ emulator }: Awaited<ReturnType<typeof startCast>>) =>
  emulator.snapshot().bots[0]?.pendingUpdates

describe('delivery, as the test sets it', () => {
  it('holds everything back while it is paused', async () => {
    await using receiver = await startReceiver()
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    cast.emulator.setDelivery({ botId: cast.bot.id, paused: true })
    cast.write(cast.kim, 'one')
    cast.write(cast.kim, 'two')
    expect(pendingOf(cast)).toBe(2)
    // A full turn of requests to the emulator, in which a delivery would have come.
    await cast.call('getMe')
    expect(receiver.deliveries).toHaveLength(0)
    cast.emulator.setDelivery({ botId: cast.bot.id, paused: false })
    await eventually(() => expect(receiver.deliveries.map(textOf)).toEqual(['one', 'two']))
  })

  it('comes as late as told', async () => {
    const clock = new Clock(Date.UTC(2026, 10, 22))
    await using receiver = await startReceiver()
    await using cast = await startCast({ clock })
    await cast.call('setWebhook', { url: receiver.url })
    cast.emulator.setDelivery({ botId: cast.bot.id, latencyMs: 700 })
    cast.write(cast.kim, 'hello')
    expect(clock.waiting()).toEqual([700])
    clock.advance(700)
    await eventually(() => expect(pendingOf(cast)).toBe(0))
    expect(receiver.deliveries).toHaveLength(1)
  })

  it('comes in as many copies at once as told, and one confirmation is enough', async () => {
    const held: Array<(status: number) => void> = []
    await using receiver = await startReceiver(() => new Promise((resolve) => held.push(resolve)))
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    cast.emulator.setDelivery({ botId: cast.bot.id, copies: 10 })
    const { updateId } = cast.write(cast.kim, 'hello')
    await eventually(() => expect(held).toHaveLength(10))
    expect(receiver.mostAtOnce).toBe(10)
    for (const [index, answer] of held.entries()) answer(index === 4 ? 200 : 500)
    await eventually(() => expect(pendingOf(cast)).toBe(0))
    expect(receiver.deliveries.map(({ update }) => update.update_id)).toEqual(Array(10).fill(updateId))
  })

  it('comes newest first, one at a time, where it is reversed', async () => {
    await using receiver = await startReceiver()
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    cast.emulator.setDelivery({ botId: cast.bot.id, paused: true, order: 'reversed' })
    const texts = Array.from({ length: 12 }, (_, n) => `text ${n}`)
    for (const text of texts) cast.write(cast.kim, text)
    cast.emulator.setDelivery({ botId: cast.bot.id, paused: false })
    await eventually(() => expect(pendingOf(cast)).toBe(0))
    expect(receiver.deliveries.map(textOf)).toEqual(texts.reverse())
    expect(receiver.mostAtOnce).toBe(1)
  })

  it('comes in random order, and whole, where it is shuffled', async () => {
    await using receiver = await startReceiver()
    await using cast = await startCast({ random: () => 0.5 })
    await cast.call('setWebhook', { url: receiver.url, max_connections: 1 })
    cast.emulator.setDelivery({ botId: cast.bot.id, paused: true, order: 'shuffled' })
    for (const text of ['one', 'two', 'three', 'four']) cast.write(cast.kim, text)
    cast.emulator.setDelivery({ botId: cast.bot.id, paused: false })
    await eventually(() => expect(pendingOf(cast)).toBe(0))
    expect(receiver.deliveries.map(textOf)).toEqual(['three', 'two', 'four', 'one'])
  })

  it('lets an update of one message fail without holding the next, out of order only', async () => {
    await using receiver = await startReceiver((delivery) => (textOf(delivery) === 'one' ? 500 : 200))
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    cast.emulator.setDelivery({ botId: cast.bot.id, order: 'shuffled' })
    cast.write(cast.kim, 'one')
    cast.write(cast.kim, 'two')
    await eventually(() => expect(receiver.deliveries.map(textOf)).toContain('two'))
    await eventually(() => expect(pendingOf(cast)).toBe(1))
  })

  it('repeats a confirmed update on demand', async () => {
    await using receiver = await startReceiver()
    await using cast = await startCast()
    await cast.call('setWebhook', { url: receiver.url })
    const { updateId } = cast.write(cast.kim, 'hello')
    await eventually(() => expect(pendingOf(cast)).toBe(0))
    const again = { botId: cast.bot.id, updateId: updateId ?? 0, copies: 5 }
    expect(await cast.emulator.redeliver(again)).toEqual([200, 200, 200, 200, 200])
    expect(new Set(receiver.deliveries.map(({ update }) => update.update_id))).toEqual(new Set([updateId]))
    expect(receiver.deliveries).toHaveLength(6)
  })

  it('repeats nothing that it does not remember', async () => {
    await using receiver = await startReceiver()
    await using cast = await startCast({ limits: { maxRecentUpdates: 1, maxCopies: 3 } })
    await cast.call('setWebhook', { url: receiver.url })
    const { updateId } = cast.write(cast.kim, 'old')
    cast.write(cast.kim, 'new')
    await eventually(() => expect(pendingOf(cast)).toBe(0))
    const again = { botId: cast.bot.id, updateId: updateId ?? 0, copies: 1 }
    await expect(cast.emulator.redeliver(again)).rejects.toThrow(/no such recent update/)
    await expect(cast.emulator.redeliver({ ...again, copies: 4 })).rejects.toThrow(/copies/)
  })
})

describe('the queue of updates', () => {
  it('is bounded: what would not fit is refused and does not happen', async () => {
    await using cast = await startCast({ limits: { maxPendingUpdates: 2 } })
    cast.write(cast.kim, 'one')
    cast.write(cast.sara, 'two')
    expect(() => cast.write(cast.kim, 'three')).toThrow(/too many updates/)
    const ref = { botId: cast.bot.id, chatId: cast.kim.id }
    expect(() => cast.emulator.setBlocked({ ...ref, blocked: true })).toThrow(/too many updates/)
    expect(cast.emulator.listMessages(ref).map(({ text }) => text)).toEqual(['one'])
    expect(cast.emulator.getChat(ref).blocked).toBe(false)
    await cast.call('getUpdates', { offset: -1 })
    cast.write(cast.kim, 'three')
    expect(pendingOf(cast)).toBe(2)
  })

  it('numbers updates one after the other, from where it was told', async () => {
    await using cast = await startCast()
    const bot = cast.emulator.createBot({
      name: 'Counted',
      username: 'counted_bot',
      firstUpdateId: 500,
      firstMessageId: 70,
    })
    const ids = [cast.kim, cast.sara, cast.kim].map((who) => {
      const { message, updateId } = cast.emulator.writeText({ botId: bot.id, chatId: who.id, text: 'hi' })
      return [message.message_id, updateId]
    })
    expect(ids).toEqual([
      [70, 500],
      [71, 501],
      [72, 502],
    ])
  })

  it('does not repeat its numbers when everything is made again later', async () => {
    const clock = new Clock(Date.UTC(2026, 10, 22))
    const cast = { token: '42:short', name: 'Shop', username: 'shop_bot' }
    const numbers: number[] = []
    for (let life = 0; life < 3; life += 1) {
      await using again = await startCast({ clock })
      again.emulator.createBot(cast)
      const { message, updateId } = again.emulator.writeText({ botId: 42, chatId: again.kim.id, text: 'hi' })
      numbers.push(message.message_id, updateId ?? 0)
      clock.advance(1_000)
    }
    expect(new Set(numbers).size).toBe(3)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  })
})
