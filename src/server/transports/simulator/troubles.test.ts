import { describe, expect, test } from 'vitest'
import { CHAT, IG_TOKEN, openSimulator, TOKEN } from './simulator.testing.ts'

const simulator = openSimulator()
const { postAll, trouble } = simulator

describe('what goes wrong', () => {
  const send = (text: string) =>
    fetch(`${simulator.telegram.url}/bot${TOKEN}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: CHAT, text }),
    })
  const faults = async () => (await (await fetch(`${simulator.root}/faults`)).json()).faults

  test('strikes the next message and no other call, and is then over', async () => {
    await trouble('telegram', 'slow_down', 'once')
    expect(await faults()).toEqual([{ platform: 'telegram', trouble: 'slow_down', until: 'once' }])
    const typing = `${simulator.telegram.url}/bot${TOKEN}/sendChatAction?chat_id=${CHAT}&action=typing`
    expect((await fetch(typing)).status).toBe(200)
    expect((await send('a')).status).toBe(429)
    expect(await faults()).toEqual([])
    expect((await send('b')).status).toBe(200)
  })

  test('goes on until it is turned off, one without the other', async () => {
    await trouble('telegram', 'server_error', 'off')
    await trouble('telegram', 'slow_down', 'once')
    expect((await send('a')).status).toBe(502)
    expect((await send('b')).status).toBe(502)
    await trouble('telegram', 'server_error', 'none')
    expect((await send('c')).status).toBe(429)
    expect((await send('d')).status).toBe(200)
  })

  test('a token that is void comes back, and the channel with it', async () => {
    await trouble('telegram', 'token_revoked', 'off')
    expect((await send('a')).status).toBe(401)
    await trouble('instagram', 'token_expired', 'off')
    const before = simulator.reconnections
    const normal = await (await postAll('normal', {})).json()
    expect(normal.faults).toEqual([])
    expect(simulator.reconnections).toBe(before + 2)
    expect((await send('b')).status).toBe(200)
  })

  test('what is told to somebody else, or to nobody, is over once the channel is heard again', async () => {
    await trouble('telegram', 'unheard', 'off')
    const account = { authorization: `Bearer ${IG_TOKEN}` }
    const subscription = `${simulator.instagram.url}/v23.0/me/subscribed_apps`
    await trouble('instagram', 'unheard', 'off')
    expect((await (await fetch(subscription, { headers: account })).json()).data).toEqual([])
    expect(await faults()).toEqual([
      { platform: 'telegram', trouble: 'unheard', until: 'off' },
      { platform: 'instagram', trouble: 'unheard', until: 'off' },
    ])
    await fetch(`${simulator.telegram.url}/bot${TOKEN}/deleteWebhook`)
    await fetch(`${subscription}?subscribed_fields=messages`, { method: 'POST', headers: account })
    expect(await faults()).toEqual([])
  })

  test('webhooks come ten times, or turned round, and then as ever', async () => {
    await trouble('instagram', 'out_of_order', 'once')
    await trouble('instagram', 'duplicates', 'off')
    await trouble('instagram', 'echo_first', 'off')
    expect(simulator.instagram.snapshot().delivery).toMatchObject({
      paused: true,
      order: 'reversed',
      copies: 10,
      echo: 'before',
    })
    await postAll('normal', {})
    expect(simulator.instagram.snapshot().delivery).toMatchObject({
      paused: false,
      order: 'as-it-came',
      copies: 1,
      echo: 'after',
    })
  })

  test.each([
    ['telegram', 'echo_first', 'off'],
    ['telegram', 'token_revoked', 'once'],
    ['instagram', 'nonsense', 'off'],
    ['website', 'hang', 'off'],
  ])('nothing that cannot be: %s, %s, %s', async (platform, name, until) => {
    expect((await trouble(platform, name, until)).status).toBe(400)
  })

  test('time passes on Instagram, for its customers and for what is stored of them', async () => {
    const before = simulator.instagram.snapshot().nowMs
    expect((await postAll('travel', { hours: 24 })).status).toBe(400)
    expect(await (await postAll('travel', { hours: 25 })).json()).toMatchObject({ traveledHours: 25 })
    expect(simulator.agedMs).toBe(25 * 3_600_000)
    expect(simulator.instagram.snapshot().nowMs - before).toBeGreaterThanOrEqual(simulator.agedMs)
  })

  test('no token runs out by travelling', async () => {
    for (let weeks = 0; weeks < 8; weeks += 1) await postAll('travel', { hours: 192 })
    const headers = { authorization: `Bearer ${IG_TOKEN}` }
    expect((await fetch(`${simulator.instagram.url}/v23.0/me`, { headers })).status).toBe(200)
  })
})
