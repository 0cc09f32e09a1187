import { describe, expect, it } from 'vitest'
import { actsOn, HOUR, type Place } from './deliveries.testing.ts'
import { answered, claimOne, type Opened, openConversation } from './stores.testing.ts'

/** What every outbox promises of what cannot be handed over now. */
export function describeWaiting(opened: Opened) {
  const { write, end } = actsOn(opened)

  describe('a channel that is stopped', () => {
    const stopped = async () => {
      const place = await openConversation(opened().stores)
      await write(place, ['a1', 'a2'])
      await opened().stores.channels.stop(place.channel.id, 'Unauthorized')
      return place
    }
    const reconnect = ({ workspace, channel }: Place) =>
      opened().stores.channels.change([workspace.id], channel.id, { isConnect: true, stoppedReason: null })
    const claimed = async () => (await opened().stores.deliveries.claim(10, HOUR))[0]
    const waiting = {
      state: 'queued',
      attempts: 0,
      error: 'Telegram service not available',
      nextAt: null,
      next: 'reconnection',
    }

    it('keeps what is queued and tells everybody, and takes more that waits', async () => {
      const { stores } = opened()
      const place = await openConversation(stores)
      const { message, event } = await stores.journal.appendMessage(answered(place, { content: 'a1' }))
      await stores.channels.stop(place.channel.id, 'Unauthorized')
      const log = await stores.journal.read(place.workspace.id, event?.seq ?? 0, 10)
      expect(log.events).toMatchObject([
        {
          type: 'delivery.attempted',
          messageId: message.id,
          delivery: waiting,
          result: { success: false, error: 'Telegram service not available', pending: true },
        },
      ])
      const later = await stores.journal.appendMessage(answered(place, { content: 'a2' }))
      expect(later.message.delivery).toEqual(waiting)
      expect(await claimed()).toBeUndefined()
      expect(await stores.deliveries.history(later.message.id)).toMatchObject([{ next: 'reconnection' }])
    })

    it('goes on in order when it is connected again', async () => {
      const place = await stopped()
      await write(place, ['a3'])
      expect(await claimed()).toBeUndefined()
      await reconnect(place)
      for (const content of ['a1', 'a2', 'a3']) {
        const next = await claimOne(opened().stores)
        expect(next.content).toBe(content)
        await end(next)
      }
    })

    it('keeps what was in hand when it stopped, whatever its outcome allows', async () => {
      const { stores } = opened()
      const place = await openConversation(stores)
      await write(place, ['a1', 'a2'])
      const first = await claimOne(stores)
      await stores.channels.stop(place.channel.id, 'Unauthorized')
      const { event } = await end(first, { outcome: 'retry', error: 'flood', delayMs: 0 })
      expect(event).toMatchObject({ delivery: { next: 'reconnection', nextAt: null } })
      expect(await claimed()).toBeUndefined()
      await reconnect(place)
      expect(await claimOne(stores)).toMatchObject({ content: 'a1', attempt: 2, tried: 1 })
    })

    it('that is connected again before the refusal is written lets it go on at once', async () => {
      const { stores } = opened()
      const place = await openConversation(stores)
      await write(place, ['a1'])
      const first = await claimOne(stores)
      await stores.channels.stop(place.channel.id, 'Unauthorized')
      await reconnect(place)
      await end(first, { outcome: 'stopped', error: 'Unauthorized', code: '401' })
      expect(await claimOne(stores)).toMatchObject({ content: 'a1', attempt: 2 })
    })

    it('fails all when it is deleted, also what was in hand and could have been tried again', async () => {
      const { stores } = opened()
      const place = await openConversation(stores)
      await write(place, ['a1', 'a2'])
      const first = await claimOne(stores)
      await stores.channels.remove([place.workspace.id], place.channel.id)
      const { event } = await end(first, { outcome: 'retry', error: 'flood', delayMs: 0 })
      const failed = { state: 'failed', error: 'Telegram service not available' }
      expect(event).toMatchObject({ delivery: failed })
      expect(await claimed()).toBeUndefined()
    })
  })

  describe('an answer that was lost', () => {
    it('is waited for while an echo may come, holds its lane back, and is lost when none came', async () => {
      const { deliveries } = opened().stores
      const place = await openConversation(opened().stores, 'instagram')
      await write(place, ['a1', 'a2'])
      const first = await claimOne(opened().stores)
      const ambiguous = { outcome: 'ambiguous' as const, error: 'no answer', result: {}, delayMs: 1 }
      const { event } = await end(first, ambiguous)
      expect(event).toMatchObject({
        delivery: { state: 'sending', next: 'echo', error: 'no answer', nextAt: expect.any(String) },
        result: {},
      })
      expect(await deliveries.claim(10, HOUR)).toEqual([])
      const lost: unknown[] = []
      const look = async () => lost.push(...(await deliveries.lost(10)))
      await expect.poll(look, { interval: 5 }).toBe(1)
      expect(lost).toMatchObject([{ id: first.id, isAwaitingEcho: true }])
      await end(first, { outcome: 'unconfirmed', error: 'no echo' })
      expect(await claimOne(opened().stores)).toMatchObject({ content: 'a2' })
    })
  })
}
