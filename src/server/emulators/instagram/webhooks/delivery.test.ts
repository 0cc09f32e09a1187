import { describe, expect, it } from 'vitest'
import { eventually } from '../../receiver.testing.ts'
import { askGraph, itemsOf, refOf, signatureOf, startHeard, subscribe, textsOf } from '../emulator.testing.ts'

type Heard = Awaited<ReturnType<typeof startHeard>>

/** A second professional account, with Kim as its customer too. */
async function openSecond({ emulator, people }: Heard) {
  const bakery = emulator.createAccount({ username: 'bakery' })
  await subscribe(emulator, bakery.token)
  return { bakery, thread: emulator.openThread({ accountId: bakery.id, customerId: people.kim.id }) }
}

describe('the delivery of events', () => {
  it('signs the raw bytes, in which nothing but ASCII is left', async () => {
    await using cast = await startHeard()
    cast.write(cast.sara, 'سلام 👋 a/b')
    await eventually(() => expect(cast.receiver.deliveries).toHaveLength(1))
    const [delivery] = cast.receiver.deliveries
    const { raw = '', body } = delivery ?? {}
    const given = delivery?.headers['x-hub-signature-256']
    expect(raw).toContain('"\\u0633\\u0644\\u0627\\u0645 \\ud83d\\udc4b a\\/b"')
    expect(given).toBe(signatureOf(raw, cast.emulator.appSecret()))
    expect(signatureOf(JSON.stringify(body), cast.emulator.appSecret())).not.toBe(given)
    expect(body).toMatchObject({
      object: 'instagram',
      entry: [{ id: cast.shop.id, messaging: [{ message: { text: 'سلام 👋 a/b' } }] }],
    })
  })

  it('signs with the new secret as soon as it is rotated', async () => {
    await using cast = await startHeard()
    const before = cast.emulator.appSecret()
    const { secret } = cast.emulator.rotateAppSecret()
    expect(secret).not.toBe(before)
    cast.write(cast.kim, 'hello')
    await eventually(() => expect(cast.receiver.deliveries).toHaveLength(1))
    const [delivery] = cast.receiver.deliveries
    expect(delivery?.headers['x-hub-signature-256']).toBe(signatureOf(delivery?.raw ?? '', secret))
  })

  it('tells nothing before the account is subscribed, and nothing after it left', async () => {
    await using cast = await startHeard()
    const { bakery, thread } = await openSecond(cast)
    await askGraph(cast.emulator, '/v23.0/me/subscribed_apps', { token: bakery.token, verb: 'DELETE' })
    expect(cast.write(thread, 'unheard').deliveryId).toBeNull()
    await subscribe(cast.emulator, bakery.token, ['messages'])
    const { message, deliveryId } = cast.write(thread, 'heard')
    expect(deliveryId).not.toBeNull()
    expect(cast.emulator.react({ ...refOf(thread), mid: message.mid, emoji: '❤️' }).deliveryId).toBeNull()
    await eventually(() => expect(textsOf(cast.receiver)).toEqual(['heard']))
  })

  it('tells nobody while there is no callback', async () => {
    await using cast = await startHeard()
    cast.emulator.clearCallback()
    expect(cast.write(cast.kim, 'unheard').deliveryId).toBeNull()
    await expect(cast.emulator.post({ body: '{}' })).rejects.toThrow(/no callback/)
  })

  it('mixes accounts and people in one POST, an entry for each account', async () => {
    await using cast = await startHeard()
    const { bakery, thread } = await openSecond(cast)
    cast.emulator.setDelivery({ paused: true, batch: 10 })
    cast.write(cast.kim, 'one')
    cast.write(thread, 'two')
    cast.write(cast.sara, 'three')
    expect(cast.receiver.deliveries).toHaveLength(0)
    cast.emulator.setDelivery({ paused: false })
    await eventually(() => expect(cast.emulator.snapshot().pendingDeliveries).toBe(0))
    expect(cast.receiver.deliveries).toHaveLength(1)
    const entries = cast.receiver.deliveries[0]?.body.entry ?? []
    const told = entries.map(({ id, messaging = [] }) => [id, messaging.map(({ message }) => message?.text)])
    expect(told).toEqual([
      [cast.shop.id, ['one', 'three']],
      [bakery.id, ['two']],
    ])
  })

  it('gives a person another id for every account', async () => {
    await using cast = await startHeard()
    const { thread } = await openSecond(cast)
    expect(thread.igsid).not.toBe(cast.kim.igsid)
    expect(cast.sara.igsid).not.toBe(cast.kim.igsid)
  })

  it.each([
    ['reversed', ['c', 'b', 'a']],
    ['shuffled', ['b', 'a', 'c']],
  ] as const)('goes %s when told so', async (order, expected) => {
    await using cast = await startHeard({ random: () => 0 })
    cast.emulator.setDelivery({ paused: true, order })
    for (const text of ['a', 'b', 'c']) cast.write(cast.kim, text)
    cast.emulator.setDelivery({ paused: false })
    await eventually(() => expect(cast.emulator.snapshot().pendingDeliveries).toBe(0))
    const texts = textsOf(cast.receiver)
    expect([...texts].sort()).toEqual(['a', 'b', 'c'])
    expect(texts).toEqual(expected)
  })

  it('fills a batch from the newest when reversed, and leaves the rest for the next', async () => {
    await using cast = await startHeard()
    cast.emulator.setDelivery({ paused: true, order: 'reversed', batch: 2 })
    for (const text of ['a', 'b', 'c']) cast.write(cast.kim, text)
    cast.emulator.setDelivery({ paused: false })
    await eventually(() => expect(cast.emulator.snapshot().pendingDeliveries).toBe(0))
    expect(textsOf(cast.receiver)).toEqual(['c', 'b', 'a'])
    expect(cast.receiver.deliveries).toHaveLength(2)
  })

  it('posts copies at once', async () => {
    let arrived = 0
    let release = () => {}
    const together = new Promise<void>((resolve) => {
      release = resolve
    })
    await using cast = await startHeard({}, async () => {
      arrived += 1
      if (arrived === 10) release()
      await together
      return 200
    })
    cast.emulator.setDelivery({ copies: 10 })
    cast.write(cast.kim, 'ten times')
    await eventually(() => expect(cast.emulator.snapshot().pendingDeliveries).toBe(0))
    expect(cast.receiver.mostAtOnce).toBe(10)
    expect(new Set(cast.receiver.deliveries.map(({ raw }) => raw)).size).toBe(1)
  })

  it('posts a past event again, as often as asked', async () => {
    await using cast = await startHeard()
    const { deliveryId, message } = cast.write(cast.kim, 'again')
    await eventually(() => expect(cast.receiver.deliveries).toHaveLength(1))
    const statuses = await cast.emulator.redeliver({ deliveryId: deliveryId ?? 0, copies: 3 })
    expect(statuses).toEqual([200, 200, 200])
    expect(itemsOf(cast.receiver).map((item) => item.message?.mid)).toEqual(Array(4).fill(message.mid))
    await expect(cast.emulator.redeliver({ deliveryId: 999, copies: 1 })).rejects.toThrow(/not found/)
    await expect(cast.emulator.redeliver({ deliveryId: 1, copies: 0 })).rejects.toThrow(/copies/)
  })

  it('comes later when there is latency', async () => {
    await using cast = await startHeard({ frozenAtMs: 1_000 })
    cast.emulator.setDelivery({ latencyMs: 700 })
    cast.write(cast.kim, 'slow')
    await eventually(() => expect(cast.emulator.clock.waiting()).toEqual([700]))
    expect(cast.receiver.deliveries).toHaveLength(0)
    cast.emulator.travel(700)
    await eventually(() => expect(textsOf(cast.receiver)).toEqual(['slow']))
  })

  it('uses as many connections as it may, and no more', async () => {
    const held: Array<() => void> = []
    await using cast = await startHeard({}, async () => {
      await new Promise<void>((resolve) => held.push(resolve))
      return 200
    })
    cast.emulator.setDelivery({ connections: 3 })
    for (let n = 0; n < 6; n += 1) cast.write(cast.kim, `${n}`)
    await eventually(() => expect(held).toHaveLength(3))
    for (let answered = 0; answered < 6; answered += 1) {
      await eventually(() => expect(held.length).toBeGreaterThan(0))
      held.shift()?.()
    }
    await eventually(() => expect(cast.emulator.snapshot().pendingDeliveries).toBe(0))
    expect(cast.receiver.mostAtOnce).toBe(3)
  })

  it('posts the dashboard’s Test, a standby and whatever else, as it is given', async () => {
    await using cast = await startHeard()
    const accountId = cast.shop.id
    const change = { field: 'messages', value: { sender: { id: '12334' }, message: { text: 'random_text' } } }
    cast.emulator.emit({ accountId, list: 'changes', item: change })
    cast.emulator.emit({ accountId, list: 'standby', item: { message: { mid: 'm' } } })
    cast.emulator.emit({ accountId, list: 'messaging', item: { unheard_of: { yes: true } } })
    await eventually(() => expect(cast.receiver.deliveries).toHaveLength(3))
    expect(cast.receiver.deliveries.map(({ body }) => body.entry[0])).toMatchObject([
      { id: accountId, changes: [change] },
      { standby: [{ message: { mid: 'm' } }] },
      { messaging: [{ unheard_of: { yes: true } }] },
    ])
    expect(() => cast.emulator.emit({ accountId: '1', list: 'standby', item: {} })).toThrow(/not found/)
  })

  it.each([
    ['valid', true],
    ['wrong', false],
    ['malformed', false],
    ['missing', false],
    ['sha1-only', false],
  ] as const)('posts a text with a signature that is %s', async (signature, isRight) => {
    await using cast = await startHeard()
    const body = '{"object":"instagram","entry":[]}'
    expect(await cast.emulator.post({ body, signature })).toEqual([200])
    const [delivery] = cast.receiver.deliveries
    const given = delivery?.headers['x-hub-signature-256']
    expect(delivery?.raw).toBe(body)
    expect(given === signatureOf(body, cast.emulator.appSecret())).toBe(isRight)
    expect(given === undefined).toBe(signature === 'missing' || signature === 'sha1-only')
  })

  it('refuses what it has no room to tell', async () => {
    await using cast = await startHeard({ limits: { maxPendingDeliveries: 1 } })
    cast.emulator.setDelivery({ paused: true })
    cast.write(cast.kim, 'one')
    expect(() => cast.write(cast.kim, 'two')).toThrow(/waiting/)
    expect(cast.emulator.listMessages(refOf(cast.kim))).toHaveLength(1)
  })
})
