import { describe, expect, it } from 'vitest'
import { eventually } from '../receiver.testing.ts'
import { refOf, startHeard } from './emulator.testing.ts'
import { startInstagramEmulator } from './start.ts'

describe('the emulator', () => {
  it('listens on a free loopback port unless told otherwise', async () => {
    await using first = await startInstagramEmulator()
    await using second = await startInstagramEmulator()
    expect(first.url).toBe(`http://127.0.0.1:${first.port}`)
    expect(second.port).not.toBe(first.port)
    expect(second.controlKey).not.toBe(first.controlKey)
    expect(first.controlKey.length).toBeGreaterThanOrEqual(32)
    expect(second.appSecret()).not.toBe(first.appSecret())
  })

  it('says so when its port is taken', async () => {
    await using first = await startInstagramEmulator()
    await expect(startInstagramEmulator({ port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('ends everything when it is closed: hangs, streams, deliveries and their retries', async () => {
    const cast = await startHeard(
      { frozenAtMs: Date.UTC(2026, 10, 22), retry: { baseMs: 1_000, capMs: 60_000 } },
      ({ raw }) => (raw.includes('hangs') ? 'hang' : 500),
    )
    const { emulator, kim, sara, graph } = cast
    emulator.setDelivery({ connections: 2 })
    emulator.setFault({ kind: 'hang', op: 'me' })
    emulator.setFault({ kind: 'delay', ms: 9_000, op: 'profile' })
    const { accountId, igsid } = refOf(kim)
    const headers = { 'x-emulator-key': emulator.controlKey }
    const streaming = fetch(`${emulator.url}/control/accounts/${accountId}/threads/${igsid}/events`, {
      headers,
    })
    const open = [
      graph('/v23.0/me'),
      graph(`/v23.0/${igsid}`),
      streaming.then((stream) => stream.text()),
    ].map((request) => request.then(() => 'answered').catch(() => 'cut'))
    cast.write(kim, 'hangs')
    cast.write(sara, 'fails')
    await eventually(() => expect(emulator.snapshot().streams).toBe(1))
    await eventually(() => expect(emulator.clock.waiting()).toEqual([1_000, 9_000, 15_000, 20_000]))
    await emulator.close()
    await emulator.close()
    expect((await Promise.all(open)).slice(0, 2)).toEqual(['cut', 'cut'])
    await eventually(() => expect(emulator.clock.waiting()).toEqual([]))
    await expect(fetch(`${emulator.url}/control/state`, { headers })).rejects.toThrow()
    await cast[Symbol.asyncDispose]()
  })

  it('starts again from nothing when it is reset, and keeps the app and the clock', async () => {
    await using cast = await startHeard({ frozenAtMs: 1_000 })
    const secret = cast.emulator.appSecret()
    cast.write(cast.kim, 'hello')
    cast.emulator.travel(500)
    cast.emulator.reset()
    expect(cast.emulator.snapshot()).toMatchObject({
      nowMs: 1_500,
      app: { callbackUrl: cast.receiver.url },
      accounts: [],
      customers: 0,
      pendingDeliveries: 0,
      calls: 0,
    })
    expect(cast.emulator.appSecret()).toBe(secret)
    const again = cast.emulator.createAccount({ username: 'shop' })
    const kim = cast.emulator.createCustomer({ username: 'kim' })
    expect(cast.emulator.openThread({ accountId: again.id, customerId: kim.id }).igsid).toBe(cast.kim.igsid)
  })
})
