import { describe, expect, it } from 'vitest'
import { actsOn, HOUR } from './deliveries.testing.ts'
import {
  answered,
  claimOne,
  type Opened,
  openConversation,
  openDraft,
  said,
  times,
} from './stores.testing.ts'

/** What every outbox promises to whoever claims of it. */
export function describeClaims(opened: Opened) {
  const { write, end } = actsOn(opened)

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
        source: 'telegram',
        content: 'سلام',
        op: 'send',
        tried: 1,
        triedSince: expect.any(String),
        isAwaitingEcho: false,
        isDeleted: false,
        isHumanAgent: false,
        providerId: null,
        attachment: null,
        replyTo: null,
        emoji: null,
        sendState: null,
        lastCustomerAt: null,
      })
      const unknown = { error: null, code: null, retryAfterMs: null, next: null, nextAt: null }
      const open = { number: 1, startedAt: expect.any(String), endedAt: null, outcome: null, ...unknown }
      const rest = { createdAt: message.createdAt, error: null, next: null }
      expect(await stores.deliveries.history(message.id)).toEqual([
        { op: 'send', state: 'sending', ...rest, attempts: [open] },
      ])
    })

    it('hands out what it answers, its file, and since when the customer’s window is open', async () => {
      const { stores } = opened()
      const place = await openConversation(stores, 'instagram')
      const asked = await stores.journal.appendMessage(said(place, { providerId: 'mid.1' }))
      const sender = 'user:1'
      await stores.journal.appendMessage(answered(place, { replyToId: asked.message.id, sender }))
      expect(await claimOne(stores)).toMatchObject({
        replyTo: 'mid.1',
        isHumanAgent: true,
        source: 'instagram',
        lastCustomerAt: asked.message.createdAt,
      })
    })

    it.each([
      ['a program', { sender: 'key:1' }],
      ['an advertisement', { sender: 'user:1', type: 'marketing' as const }],
    ])('hands out what %s wrote as no person’s answer', async (_, draft) => {
      const { stores } = opened()
      const place = await openConversation(stores, 'instagram')
      await stores.journal.appendMessage(answered(place, draft))
      expect(await claimOne(stores)).toMatchObject({ isHumanAgent: false })
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

    it('takes no more of a channel than is wanted, and nothing of one that is to be left alone', async () => {
      const { stores } = opened()
      const [one, other] = [await openConversation(stores), await openConversation(stores)]
      const places = await Promise.all(
        times(4, async () => {
          const draft = openDraft({ workspaceId: one.workspace.id, channelId: one.channel.id })
          return { ...one, conversation: (await stores.journal.append(draft)).conversation }
        }),
      )
      for (const place of [...places, other]) await write(place, ['x'])
      const skipped = [other.channel.id]
      expect(await stores.deliveries.claim(10, HOUR, { each: 3, skipped })).toHaveLength(3)
      const rest = await stores.deliveries.claim(10, HOUR)
      expect(rest.map(({ channelId }) => channelId).toSorted()).toEqual(
        [one.channel.id, other.channel.id].toSorted(),
      )
    })

    it('takes back a claim as if it had not been made, and hands it out again when its time has come', async () => {
      const { stores } = opened()
      const place = await openConversation(stores)
      await write(place, ['a1', 'a2'])
      const claimed = await claimOne(stores)
      await stores.deliveries.putBack(claimed, HOUR)
      expect(await stores.deliveries.claim(10, HOUR)).toEqual([])
      expect(await stores.deliveries.history(claimed.messageId)).toMatchObject([
        { state: 'queued', attempts: [] },
      ])
      expect((await end(claimed)).event).toBeNull()
      await stores.deliveries.putBack(claimed, 0)
      const { messageId } = claimed
      const [delivery] = await stores.deliveries.history(messageId)
      expect(delivery?.state).toBe('queued')
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
}
