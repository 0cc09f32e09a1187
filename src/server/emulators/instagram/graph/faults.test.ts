import { describe, expect, it } from 'vitest'
import { eventually } from '../../receiver.testing.ts'
import { askGraph, refOf, startCast } from '../emulator.testing.ts'
import { ERROR_TABLE } from './error-table.ts'

async function startSending() {
  const cast = await startCast({ frozenAtMs: Date.UTC(2026, 10, 22) })
  const { emulator, kim, sara } = cast
  cast.write(kim, 'hello')
  cast.write(sara, 'hello')
  const sent = (who = kim) =>
    emulator.listMessages(refOf(who)).filter(({ from }) => from === 'account').length
  return { ...cast, sent, calls: () => emulator.listCalls({ op: 'send' }).calls }
}

describe('a fault', () => {
  it.each(ERROR_TABLE.map((row) => [`${row.code}/${row.subcode ?? '-'}`, row] as const))(
    'answers as Graph does for %s, and nothing is sent',
    async (_, { code, subcode, status, message }) => {
      await using cast = await startSending()
      cast.emulator.setFault({ kind: 'error', code, subcode })
      const answer = await cast.send(cast.kim, 'x')
      expect(answer.status).toBe(status)
      expect(answer.body.error).toMatchObject({ code, message, fbtrace_id: expect.any(String) })
      expect(answer.body.error?.error_subcode).toBe(subcode)
      expect(cast.sent()).toBe(0)
    },
  )

  it.each([
    [190, [undefined, 458, 460, 463, 467]],
    [10, [undefined, 2018278, 2534022, 2534025, 2534013]],
    [100, [undefined, 2018001, 33, 2534014, 2534001]],
    [551, [1545041]],
    [1, [99, 1357046]],
    [2, [1545133]],
  ])('has a row for %i with each of its subcodes', (code, subcodes) => {
    const known = ERROR_TABLE.filter((row) => row.code === code).map((row) => row.subcode)
    expect(known).toEqual(expect.arrayContaining(subcodes))
  })

  it.each([[200], [230], [3], [613], [4], [17], [32], [80002], [80006], [1200], [368]])(
    'has a row for %i',
    (code) => {
      expect(ERROR_TABLE.filter((row) => row.code === code)).toHaveLength(1)
    },
  )

  it('can be any other code, in any words', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'error', code: 9_999, subcode: 7, status: 429, message: 'Odd' })
    expect(await cast.send(cast.kim, 'x')).toMatchObject({
      status: 429,
      body: { error: { code: 9_999, error_subcode: 7, message: 'Odd' } },
    })
  })

  it('answers as often as told, and then no more', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'error', code: 613, times: 2 })
    const statuses = []
    for (let n = 0; n < 3; n += 1) statuses.push((await cast.send(cast.kim, 'x')).status)
    expect(statuses).toEqual([400, 400, 200])
    expect(cast.sent()).toBe(1)
  })

  it('strikes what it is aimed at, and nothing else', async () => {
    await using cast = await startSending()
    const other = cast.emulator.createAccount({ username: 'other' })
    cast.emulator.setFault({ kind: 'error', code: 2, op: 'send', igsid: cast.sara.igsid })
    cast.emulator.setFault({ kind: 'error', code: 3, accountId: other.id })
    expect((await cast.send(cast.kim, 'x')).status).toBe(200)
    expect((await cast.graph('/v23.0/me')).status).toBe(200)
    expect((await cast.send(cast.sara, 'x')).body.error).toMatchObject({ code: 2, is_transient: true })
    const asked = await askGraph(cast.emulator, '/v23.0/me', { token: other.token })
    expect(asked.body.error).toMatchObject({ code: 3 })
    expect(cast.emulator.listFaults()).toEqual([])
  })

  it.each([429, 500, 502, 503])('can be a page that is not JSON, with %i', async (status) => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'status', status, retryAfter: 7 })
    const response = await fetch(`${cast.emulator.url}/v23.0/me`)
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, '7'])
    expect(await response.text()).toContain('<html>')
  })

  it('that hangs never answers and sends nothing', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'hang', op: 'send' })
    const cancel = new AbortController()
    const hanging = fetch(`${cast.emulator.url}/v23.0/me/messages`, {
      method: 'POST',
      signal: cancel.signal,
      headers: { authorization: `Bearer ${cast.shop.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ recipient: { id: cast.kim.igsid }, message: { text: 'x' } }),
    })
    await eventually(() => expect(cast.calls()).toHaveLength(1))
    expect((await cast.send(cast.kim, 'y')).status).toBe(200)
    cancel.abort()
    await expect(hanging).rejects.toThrow()
    expect(cast.sent()).toBe(1)
  })

  it('that delays sends at once and answers later', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'delay', ms: 4_000 })
    const sending = cast.send(cast.kim, 'x')
    await eventually(() => expect(cast.emulator.clock.waiting()).toContain(4_000))
    expect(cast.sent()).toBe(1)
    cast.emulator.travel(4_000)
    expect((await sending).status).toBe(200)
    expect(cast.calls()).toMatchObject([{ status: 200 }])
  })

  it('that cuts the connection sends once', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'drop-after' })
    await expect(cast.send(cast.kim, 'x')).rejects.toThrow()
    expect(cast.sent()).toBe(1)
  })

  it('that lies sends once and says what it is told to say', async () => {
    await using cast = await startSending()
    cast.emulator.setFault({ kind: 'error-after', code: 2, subcode: 1545133 })
    const { body } = await cast.send(cast.kim, 'x')
    expect(body.error).toMatchObject({ code: 2 })
    expect(cast.sent()).toBe(1)
  })

  it('is forgotten when the faults are cleared, and refused when it makes no sense', async () => {
    await using cast = await startCast({ limits: { maxFaults: 1 } })
    cast.emulator.setFault({ kind: 'hang', times: 1_000 })
    expect(() => cast.emulator.setFault({ kind: 'hang' })).toThrow(/too many faults/)
    cast.emulator.clearFaults()
    expect((await cast.graph('/v23.0/me')).status).toBe(200)
    expect(() => cast.emulator.setFault({ kind: 'hang', times: 0 })).toThrow(/times/)
    expect(() => cast.emulator.setFault({ kind: 'delay', ms: -1 })).toThrow(/ms/)
    expect(() => cast.emulator.setFault({ kind: 'status', status: 200 })).toThrow(/status/)
  })
})
