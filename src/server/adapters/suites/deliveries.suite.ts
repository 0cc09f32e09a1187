import { beforeEach, describe, expect, it } from 'vitest'
import {
  answered,
  claimLeftovers,
  claimOne,
  type OpenStores,
  openConversation,
  openDraft,
  outcomeOf,
  said,
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
