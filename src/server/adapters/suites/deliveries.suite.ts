import { beforeEach, expect, it } from 'vitest'
import { actsOn, HOUR } from './deliveries.testing.ts'
import { describeClaims } from './deliveries-claims.suite.ts'
import { describeWaiting } from './deliveries-waiting.suite.ts'
import {
  answered,
  claimLeftovers,
  claimOne,
  type OpenStores,
  openConversation,
  storesOf,
} from './stores.testing.ts'

/** What every outbox promises. */
export function describeDeliveries(open: OpenStores) {
  const opened = storesOf(open)
  const { write, end } = actsOn(opened)
  beforeEach(() => claimLeftovers(opened().stores))

  describeClaims(opened)
  describeWaiting(opened)

  it('remembers of each attempt what the platform said, and what was to follow', async () => {
    const { stores } = opened()
    const place = await openConversation(stores)
    await write(place, ['a1'])
    const first = await claimOne(stores)
    const asked = { outcome: 'retry' as const, error: 'flood', code: '429', retryAfterMs: 30_000 }
    const { event } = await end(first, { ...asked, next: 'asked', delayMs: 31_000 })
    expect(event).toMatchObject({ delivery: { state: 'queued', next: 'asked', attempts: 1 } })
    const [delivery] = await stores.deliveries.history(first.messageId)
    expect(delivery).toMatchObject({
      next: 'asked',
      attempts: [{ ...asked, next: 'asked', nextAt: expect.any(String), endedAt: expect.any(String) }],
    })
    const [attempt] = delivery?.attempts ?? []
    const waits = Date.parse(attempt?.nextAt ?? '') - Date.parse(attempt?.endedAt ?? '')
    expect(waits).toBe(31_000)
  })

  it('tells how the outbox of a channel is, and of no other', async () => {
    const { stores } = opened()
    const [place, other] = [await openConversation(stores), await openConversation(stores)]
    const state = (since = 0) => stores.deliveries.ofChannel(place.channel.id, since)
    const quiet = { waiting: 0, waitingSince: null, failed: 0, failedCustomers: 0, lastFailedAt: null }
    expect(await state()).toEqual(quiet)
    await write(place, ['a1', 'a2'])
    await write(other, ['b1'])
    expect(await state()).toMatchObject({ waiting: 2, waitingSince: expect.any(String), failed: 0 })
    const claimed = await stores.deliveries.claim(10, HOUR)
    const first = claimed.find(({ channelId }) => channelId === place.channel.id)
    if (!first) throw new Error('Nothing was claimed')
    expect(await state()).toMatchObject({ waiting: 2 })
    await end(first, { outcome: 'failed', error: 'too long' })
    expect(await state()).toMatchObject({ failed: 1, failedCustomers: 1 })
    const [second] = await stores.deliveries.claim(10, HOUR)
    if (!second) throw new Error('The second was not claimed')
    await end(second, { outcome: 'failed', error: 'blocked', unreachable: 'blocked' })
    const after = await state()
    expect(after).toMatchObject({
      waiting: 0,
      failed: 2,
      failedCustomers: 0,
      lastFailedAt: expect.any(String),
    })
    expect(await state(Date.parse(after.lastFailedAt ?? '') + 1)).toMatchObject({
      failed: 0,
      lastFailedAt: null,
    })
  })

  it('tries at once what was to be tried later, of one channel, and not what was asked to wait', async () => {
    const { stores } = opened()
    const [place, asked, other] = [
      await openConversation(stores),
      await openConversation(stores),
      await openConversation(stores),
    ]
    for (const one of [place, asked, other]) await write(one, [`to ${one.channel.id}`])
    for (const claimed of await stores.deliveries.claim(10, HOUR)) {
      const next = claimed.channelId === asked.channel.id ? ('asked' as const) : ('retry' as const)
      await end(claimed, { outcome: 'retry', error: 'away', next, delayMs: HOUR })
    }
    expect(await stores.deliveries.claim(10, HOUR)).toEqual([])
    expect(await stores.deliveries.hasten(place.channel.id)).toBe(1)
    expect(await stores.deliveries.hasten(asked.channel.id)).toBe(0)
    expect(await claimOne(stores)).toMatchObject({ channelId: place.channel.id })
    expect(await stores.deliveries.claim(10, HOUR)).toEqual([])
  })

  it('knows who cannot be reached, until something reaches them', async () => {
    const { stores } = opened()
    const place = await openConversation(stores)
    await write(place, ['a1', 'a2'])
    const reason = async () =>
      (await stores.conversations.find([place.workspace.id], place.conversation.id))?.customer.unreachable
    await end(await claimOne(stores), { outcome: 'failed', error: 'blocked', unreachable: 'blocked' })
    expect(await reason()).toBe('blocked')
    await end(await claimOne(stores))
    expect((await reason()) ?? null).toBeNull()
  })

  it('tells which of several deliveries waits for an earlier one', async () => {
    const { stores } = opened()
    const place = await openConversation(stores)
    await write(place, ['a1'])
    const { message } = await stores.journal.appendMessage(answered(place, { content: 'a2' }))
    expect(await stores.deliveries.history(message.id)).toMatchObject([{ state: 'queued', next: 'earlier' }])
  })

  it('has no history of a message that was never to be delivered', async () => {
    expect(await opened().stores.deliveries.history('nothing')).toEqual([])
  })
}
