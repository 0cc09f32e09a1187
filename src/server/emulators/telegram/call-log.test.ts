import { describe, expect, it } from 'vitest'
import { startCast } from './emulator.testing.ts'

describe('the record of calls', () => {
  it('tells how often a method was called, with what and with which outcome', async () => {
    await using cast = await startCast()
    await cast.call('SENDMESSAGE', { chat_id: cast.kim.id, text: 'hi', disable_notification: true })
    await cast.call('sendMessage', { chat_id: 5, text: 'hi' })
    await cast.call('getMe')
    const { calls } = cast.emulator.listCalls({ method: 'sendMessage' })
    expect(calls).toMatchObject([
      {
        botId: cast.bot.id,
        method: 'sendMessage',
        params: { chat_id: String(cast.kim.id), text: 'hi', disable_notification: 'true' },
        status: 200,
        description: null,
      },
      { status: 400, description: 'Bad Request: chat not found' },
    ])
    expect(cast.emulator.listCalls({ chatId: cast.kim.id }).calls).toHaveLength(1)
    expect(cast.emulator.listCalls({ botId: 1 }).calls).toEqual([])
    expect(cast.emulator.listCalls().calls).toHaveLength(3)
    cast.emulator.clearCalls()
    expect(cast.emulator.listCalls().calls).toEqual([])
  })

  it('holds no token and no secret', async () => {
    await using cast = await startCast()
    const short = cast.emulator.createBot({ token: '42:short', name: 'Short', username: 'short_bot' })
    await cast.call('setWebhook', {
      url: `http://127.0.0.1:9/hook/${cast.bot.token}`,
      secret_token: 'whisper',
    })
    await cast.call('sendMessage', { chat_id: cast.kim.id, text: `my tokens: ${cast.bot.token}, 42:short` })
    await fetch(`${cast.emulator.url}/bot123456:AAHstranger_with_a_token_of_his_own/getMe`)
    const record = JSON.stringify([cast.emulator.listCalls(), cast.emulator.snapshot()])
    expect(record).toContain('<redacted>')
    for (const secret of [cast.bot.token, short.token, 'whisper', 'stranger_with_a_token']) {
      expect(record).not.toContain(secret)
    }
    expect(cast.emulator.listCalls({ method: 'setWebhook' }).calls[0]?.params).toEqual({
      url: 'http://127.0.0.1:9/hook/<redacted>',
      secret_token: '<redacted>',
    })
  })

  it('keeps the last ones only, and says how many it let go', async () => {
    await using cast = await startCast({ limits: { maxCalls: 3, maxLoggedValueLength: 4 } })
    for (let n = 1; n <= 5; n += 1) await cast.call('getMe', { n, long: 'x'.repeat(100) })
    const { calls, dropped } = cast.emulator.listCalls()
    expect(calls.map(({ params }) => params)).toEqual([
      { n: '3', long: 'xxxx' },
      { n: '4', long: 'xxxx' },
      { n: '5', long: 'xxxx' },
    ])
    expect(dropped).toBe(2)
  })
})
