import { describe, expect, it } from 'vitest'
import { Clock } from '../clock.ts'
import { eventually } from '../receiver.testing.ts'
import { startCast, startReceiver } from './emulator.testing.ts'
import { startTelegramEmulator } from './start.ts'

describe('the emulator', () => {
  it('listens on a free loopback port unless told otherwise', async () => {
    await using first = await startTelegramEmulator()
    await using second = await startTelegramEmulator()
    expect(first.url).toBe(`http://127.0.0.1:${first.port}`)
    expect(second.port).not.toBe(first.port)
    expect(second.controlKey).not.toBe(first.controlKey)
    expect(first.controlKey.length).toBeGreaterThanOrEqual(32)
  })

  it('says so when its port is taken', async () => {
    await using first = await startTelegramEmulator()
    await expect(startTelegramEmulator({ port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('ends everything when it is closed: polls, hangs, streams, deliveries and their retries', async () => {
    const clock = new Clock(Date.UTC(2026, 10, 22))
    await using receiver = await startReceiver(({ update }) =>
      update.message?.text === 'hang' ? 'hang' : 500,
    )
    const cast = await startCast({ clock, retry: { baseMs: 1_000, capMs: 60_000 } })
    const { emulator, bot, kim, sara } = cast
    const poller = emulator.createBot({ name: 'Poller', username: 'poller_bot' })
    await cast.call('setWebhook', { url: receiver.url })
    emulator.setFault({ kind: 'hang', method: 'getMe' })
    emulator.setFault({ kind: 'delay', ms: 9_000, method: 'getChat' })
    const headers = { 'x-emulator-key': emulator.controlKey }
    const open = [
      cast.call('getMe'),
      cast.call('getChat', { chat_id: kim.id }),
      fetch(`${emulator.url}/bot${poller.token}/getUpdates?timeout=50`),
      fetch(`${emulator.url}/control/bots/${bot.id}/chats/${kim.id}/events`, { headers }).then((stream) =>
        stream.text(),
      ),
    ].map((request) => request.then(() => 'answered').catch(() => 'cut'))
    cast.write(kim, 'hang')
    cast.write(sara, 'fails')
    await eventually(() => expect(emulator.snapshot().streams).toBe(1))
    await eventually(() => expect(clock.waiting()).toEqual(expect.arrayContaining([2_000, 9_000, 50_000])))
    await emulator.close()
    await emulator.close()
    await Promise.all(open)
    await eventually(() => expect(clock.waiting()).toEqual([]))
    await expect(fetch(`${emulator.url}/control/state`, { headers })).rejects.toThrow()
  })
})
