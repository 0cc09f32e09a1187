import { beforeEach, describe, expect, it } from 'vitest'
import {
  answered,
  claimLeftovers,
  claimOne,
  type OpenStores,
  openConversation,
  openDraft,
  outcomeOf,
  storesOf,
  times,
} from './stores.testing.ts'

const HOUR = 3_600_000

type Place = Awaited<ReturnType<typeof openConversation>>

/** What every outbox promises. */
export function describeDeliveries(open: OpenStores) {
  const opened = storesOf(open)
  beforeEach(() => claimLeftovers(opened().stores))

  const write = async (place: Place, contents: string[]) => {
    for (const content of contents) await opened().stores.journal.appendMessage(answered(place, { content }))
  }
  const end = (claimed: Parameters<typeof outcomeOf>[0], more: Parameters<typeof outcomeOf>[1] = {}) =>
    opened().stores.journal.append(outcomeOf(claimed, more))

  describe('claiming', () => {
    it('hands out what the platform needs, and writes the attempt first', async () => {
      const { stores } = opened()
      const place = await openConversation(stores)
      const { message } = await stores.journal.appendMessage(answered(place, { content: 'سلام' }))
      const claimed = await claimOne(stores)
      expect(claimed).toEqual({
        id: expect.stringMatching(/^\d+$/),
        attempt: 1,
        workspaceId: place.workspace.id,
        conversationId: place.conversation.id,
        messageId: message.id,
        channelId: place.channel.id,
        customerId: place.conversation.customerId,
        recipient: place.customer.sourceId,
        content: 'سلام',
      })
      const open = { number: 1, endedAt: null, outcome: null, error: null, startedAt: expect.any(String) }
      expect(await stores.deliveries.history(message.id)).toEqual([
        { op: 'send', state: 'sending', createdAt: message.createdAt, error: null, attempts: [open] },
      ])
    })

    it('keeps one in flight per channel and customer, in the order of their messages', async () => {
      const { deliveries } = opened().stores
      const [one, two] = [await openConversation(opened().stores), await openConversation(opened().stores)]
      await write(one, ['a1', 'a2', 'a3'])
      await write(two, ['b1'])
      const first = await deliveries.claim(10, HOUR)
      expect(first.map(({ content }) => content).toSorted()).toEqual(['a1', 'b1'])
      expect(await deliveries.claim(10, HOUR)).toEqual([])
      const sent: string[] = []
      let next = first.find(({ content }) => content === 'a1')
      while (next) {
        sent.push(next.content)
        await end(next)
        next = (await deliveries.claim(10, HOUR))[0]
      }
      expect(sent).toEqual(['a1', 'a2', 'a3'])
    })

    it('holds a lane back while its head waits to be tried again, and no other lane', async () => {
      const { deliveries, journal } = opened().stores
      const one = await openConversation(opened().stores)
      await write(one, ['a1', 'a2'])
      await end(await claimOne(opened().stores), { outcome: 'retry', error: 'flood', delayMs: HOUR })
      const other = openDraft({ workspaceId: one.workspace.id, channelId: one.channel.id })
      const { conversation } = await journal.append(other)
      await write({ ...one, conversation }, ['b1'])
      expect((await deliveries.claim(10, HOUR)).map(({ content }) => content)).toEqual(['b1'])
    })

    it('lets the next one go once the head has failed', async () => {
      const place = await openConversation(opened().stores)
      await write(place, ['a1', 'a2'])
      await end(await claimOne(opened().stores), { outcome: 'failed', error: 'blocked' })
      expect(await claimOne(opened().stores)).toMatchObject({ content: 'a2' })
    })

    it('gives each delivery to one of two nodes, and no more than were asked for', async () => {
      const { stores, elsewhere } = opened()
      for (const place of await Promise.all(times(12, () => openConversation(stores))))
        await write(place, ['x'])
      expect(await stores.deliveries.claim(2, HOUR)).toHaveLength(2)
      const nodes = times(6, (index) => (index % 2 ? stores : elsewhere).deliveries.claim(10, HOUR))
      const claims = (await Promise.all(nodes)).flat()
      expect(claims).toHaveLength(10)
      expect(new Set(claims.map(({ id }) => id)).size).toBe(10)
    })
  })

  describe('a claim whose lease ran out', () => {
    const claimFor = async (leaseMs: number) => {
      const place = await openConversation(opened().stores)
      await write(place, ['a1', 'a2'])
      const [claimed] = await opened().stores.deliveries.claim(10, leaseMs)
      return claimed
    }

    it('is lost once, to one node, and is not handed out again by itself', async () => {
      const { stores, elsewhere } = opened()
      const claimed = await claimFor(1)
      const nodes = [stores.deliveries, elsewhere.deliveries]
      const lost: unknown[] = []
      const look = async () => {
        for (const found of await Promise.all(nodes.map((node) => node.lost(10)))) lost.push(...found)
        return lost.length
      }
      await expect.poll(look, { interval: 5 }).toBe(1)
      expect(lost).toEqual([claimed])
      expect(await look()).toBe(1)
      expect(await stores.deliveries.claim(10, HOUR)).toEqual([])
    })

    it('lets its lane go on when it is settled', async () => {
      const claimed = await claimFor(1)
      if (!claimed) throw new Error('Nothing was claimed')
      const { event } = await end(claimed, { outcome: 'unconfirmed', error: 'stopped' })
      expect(event).toMatchObject({ delivery: { state: 'unconfirmed', error: 'stopped' } })
      expect(await opened().stores.deliveries.lost(10)).toEqual([])
      expect(await claimOne(opened().stores)).toMatchObject({ content: 'a2' })
    })

    it('is not one that is still held, nor one that has ended', async () => {
      const { deliveries } = opened().stores
      const held = await claimFor(HOUR)
      expect(await deliveries.lost(10)).toEqual([])
      if (held) await end(held)
      expect(await deliveries.lost(10)).toEqual([])
    })
  })

  it('has no history of a message that was never to be delivered', async () => {
    expect(await opened().stores.deliveries.history('nothing')).toEqual([])
  })
}
