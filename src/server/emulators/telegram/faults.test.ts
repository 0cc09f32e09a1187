import { describe, expect, it } from 'vitest'
import { Clock } from '../clock.ts'
import { eventually } from '../receiver.testing.ts'
import { startCast } from './emulator.testing.ts'
import { listKnownErrors } from './known-errors.ts'

const KNOWN = listKnownErrors()

async function startSending() {
  const clock = new Clock(Date.UTC(2026, 10, 22))
  const cast = await startCast({ clock })
  const { emulator, bot, kim, sara } = cast
  return {
    ...cast,
    clock,
    send: (who = kim) => cast.call('sendMessage', { chat_id: who.id, text: 'hi' }),
    sent: (who = kim) => emulator.listMessages({ botId: bot.id, chatId: who.id }).length,
    calls: () => emulator.listCalls({ method: 'sendMessage' }).calls,
    toSara: { botId: bot.id, chatId: sara.id },
  }
}

describe('a fault', () => {
  it('answers with its status as often as told, and then no more', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({
      kind: 'status',
      status: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
      times: 2,
    })
    const refused = await cast.send()
    expect(refused).toMatchObject({
      status: 429,
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    })
    expect(refused.headers.get('retry-after')).toBe('7')
    expect((await cast.send()).status).toBe(429)
    expect((await cast.send()).status).toBe(200)
    expect(cast.sent()).toBe(1)
  })

  it('strikes what it is aimed at, and nothing else', async () => {
    await using cast = await startSending()
    const effect = { kind: 'status', status: 500, description: 'Internal Server Error: x' } as const
    cast.emulator.setFault({ ...effect, ...cast.toSara, method: 'sendmessage' })
    expect((await cast.send()).status).toBe(200)
    expect((await cast.call('sendChatAction', { chat_id: cast.sara.id, action: 'typing' })).status).toBe(200)
    expect((await cast.send(cast.sara)).status).toBe(500)
    expect((await cast.send(cast.sara)).status).toBe(200)
  })

  it('strikes one bot and not another', async () => {
    await using cast = await startSending()
    const other = cast.emulator.createBot({ name: 'Other', username: 'other_bot' })
    cast.emulator.setFault({ kind: 'status', status: 401, description: 'Unauthorized', botId: other.id })
    expect((await cast.call('getMe')).status).toBe(200)
    const asked = await fetch(`${cast.emulator.url}/bot${other.token}/getMe`)
    expect(asked.status).toBe(401)
  })

  it.each(KNOWN)('may be Telegram’s own error $name', async ({ name, status, description, parameters }) => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'error', error: name, ...cast.toSara })
    expect((await cast.send()).status).toBe(200)
    const refused = await cast.send(cast.sara)
    expect(refused).toMatchObject({ status, ok: false, error_code: status, description })
    expect(refused.parameters).toEqual(parameters)
    expect(cast.sent(cast.sara)).toBe(0)
  })

  it('tells of the seconds to wait that it was given', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'error', error: 'too_many_requests', retry_after: 31 })
    const refused = await cast.send()
    expect(refused.description).toBe('Too Many Requests: retry after 31')
    expect(refused.parameters).toEqual({ retry_after: 31 })
  })

  it('that cuts the connection at once does not run the method', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'drop-before' })
    await expect(cast.send()).rejects.toThrow()
    expect(cast.sent()).toBe(0)
    expect((await cast.send()).status).toBe(200)
  })

  it('that answers as a proxy sends a page and does not run the method', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'not-json', status: 502 })
    const answer = await fetch(`${cast.emulator.url}/bot${cast.bot.token}/sendMessage?chat_id=1&text=hi`)
    expect(answer.status).toBe(502)
    expect(answer.headers.get('content-type')).toBe('text/html')
    expect(await answer.text()).toMatch(/^<html>/)
    expect(cast.sent()).toBe(0)
  })

  it('that cuts the connection lets the method run once', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'drop-after' })
    await expect(cast.send()).rejects.toThrow()
    expect(cast.sent()).toBe(1)
    expect(cast.calls()).toMatchObject([{ status: null }])
  })

  it('that hangs never answers and does not run the method', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'hang' })
    const cancel = new AbortController()
    const url = `${cast.emulator.url}/bot${cast.bot.token}/sendMessage?chat_id=${cast.kim.id}&text=hi`
    const hanging = fetch(url, { signal: cancel.signal })
    await eventually(() => expect(cast.calls()).toHaveLength(1))
    expect((await cast.send()).status).toBe(200)
    cancel.abort()
    await expect(hanging).rejects.toThrow()
    expect(cast.sent()).toBe(1)
  })

  it('that delays runs the method at once and answers later', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'delay', ms: 4_000 })
    const sending = cast.send()
    await eventually(() => expect(cast.clock.waiting()).toContain(4_000))
    expect(cast.sent()).toBe(1)
    expect(cast.calls()).toMatchObject([{ status: null }])
    cast.clock.advance(4_000)
    expect((await sending).status).toBe(200)
    expect(cast.calls()).toMatchObject([{ status: 200 }])
  })

  it('is forgotten when the faults are cleared', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'hang', times: 1_000 })
    expect(cast.emulator.listFaults()).toMatchObject([{ kind: 'hang', remaining: 1_000, botId: null }])
    cast.emulator.clearFaults()
    expect(cast.emulator.listFaults()).toEqual([])
    expect((await cast.send()).status).toBe(200)
  })

  it('is refused when it makes no sense', async () => {
    await using cast = await startSending()
    expect(() => cast.emulator.setFault({ kind: 'hang', times: 0 })).toThrow(/times/)
    expect(() => cast.emulator.setFault({ kind: 'delay', ms: -1 })).toThrow(/ms/)
    expect(() => cast.emulator.setFault({ kind: 'status', status: 200, description: 'x' })).toThrow(/status/)
  })

  it('is refused when too many wait', async () => {
    await using cast = await startCast({ limits: { maxFaults: 2 } })
    cast.emulator.setFault({ kind: 'hang' })
    cast.emulator.setFault({ kind: 'hang' })
    expect(() => cast.emulator.setFault({ kind: 'hang' })).toThrow(/too many faults/)
  })
})
