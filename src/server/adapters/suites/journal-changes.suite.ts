import { beforeEach, describe, expect, it } from 'vitest'
import {
  answered,
  claimLeftovers,
  claimOne,
  type Opened,
  openConversation,
  outcomeOf,
  said,
  times,
} from './stores.testing.ts'

type Place = Awaited<ReturnType<typeof openConversation>>

/** What every journal promises about reading, statuses and deliveries. */
export function describeChanges(opened: Opened) {
  const append = (draft: Parameters<ReturnType<Opened>['stores']['journal']['append']>[0]) =>
    opened().stores.journal.append(draft)
  const about = ({ workspace, conversation }: Place) => ({
    workspaceIds: [workspace.id],
    conversationId: conversation.id,
    userId: workspace.user.id,
  })
  const read = (place: Place, upTo: number | null, always = false) =>
    append({ kind: 'read', ...about(place), upTo, always })
  const openWith = async (count: number) => {
    const place = await openConversation(opened().stores)
    for (const draft of times(count, () => said(place))) await opened().stores.journal.appendMessage(draft)
    return place
  }

  describe('what the customer has seen', () => {
    const see = (place: Place, upTo: number) => {
      const { workspaceIds, conversationId } = about(place)
      return append({ kind: 'seen', workspaceIds, conversationId, upTo })
    }

    it('grows up to what is there, once', async () => {
      const place = await openWith(2)
      const { conversation, event } = await see(place, 1)
      expect(conversation).toMatchObject({ seenSeq: 1, answeredSeq: 0, rev: event?.seq })
      expect(event).toMatchObject({ type: 'conversation.seen', conversation: { seenSeq: 1 } })
      expect((await see(place, 1_000)).conversation.seenSeq).toBe(2)
      expect((await see(place, 1)).event).toBeNull()
    })

    it('leaves out what is held, and other workspaces', async () => {
      const place = await openWith(1)
      await opened().stores.journal.appendMessage(said(place, { hold: { score: 9, reasons: [] } }))
      expect((await see(place, 2)).conversation.seenSeq).toBe(1)
      const { conversationId } = about(place)
      const stranger = {
        kind: 'seen' as const,
        workspaceIds: [place.workspace.id + 1_000_000],
        conversationId,
        upTo: 1,
      }
      await expect(append(stranger)).rejects.toMatchObject({ code: 'not_found' })
    })
  })

  describe('reading', () => {
    it('answers up to a seq, and leaves unread what came later', async () => {
      const place = await openWith(3)
      const { conversation, event } = await read(place, 2)
      expect(conversation).toMatchObject({ answeredSeq: 2, unreadCount: 1, lastSeq: 3, rev: event?.seq })
      expect(event).toMatchObject({ type: 'conversation.read', upTo: 2, userId: place.workspace.user.id })
      const { updatedAt } = conversation
      expect((await read(place, null)).conversation).toMatchObject({
        answeredSeq: 3,
        unreadCount: 0,
        updatedAt,
      })
    })

    it('never goes back, and tells nothing where nothing changed', async () => {
      const place = await openWith(3)
      await read(place, 3)
      for (const upTo of [1, 3, 99, null]) {
        const { conversation, event } = await read(place, upTo)
        expect({ answered: conversation.answeredSeq, event }).toEqual({ answered: 3, event: null })
      }
      const { event } = await read(place, 1, true)
      expect(event).toMatchObject({ type: 'conversation.read', conversation: { answeredSeq: 3 } })
    })

    it('ends at the newest where many read different places at once', async () => {
      const place = await openWith(5)
      await Promise.all([4, 1, 5, 2, 3].map((upTo) => read(place, upTo)))
      expect((await read(place, null)).conversation).toMatchObject({ answeredSeq: 5, unreadCount: 0 })
    })

    it('answers only what the bot has answered where the bot answers', async () => {
      const { stores, setBot } = opened()
      const place = await openWith(1)
      await setBot(place.workspace.id, true)
      await append({ kind: 'status', ...about(place), status: 'active' })
      expect((await read(place, null)).conversation).toMatchObject({ answeredSeq: 0, unreadCount: 1 })
      await stores.journal.appendMessage(said(place, { type: 'AI', sender: 'ai' }))
      await stores.journal.appendMessage(said(place))
      const { conversation, event } = await read(place, null)
      expect(conversation).toMatchObject({ answeredSeq: 2, unreadCount: 1 })
      expect(event).toMatchObject({ upTo: 2 })
    })
  })

  describe('a status', () => {
    it('changes once, says from what to what, and moves the conversation up', async () => {
      const place = await openConversation(opened().stores)
      const close = { kind: 'status' as const, ...about(place), status: 'closed' as const }
      const { conversation, event } = await append(close)
      expect(conversation).toMatchObject({ status: 'closed', rev: 2, updatedAt: event?.at })
      const userId = place.workspace.user.id
      expect(event).toMatchObject({
        type: 'conversation.changed',
        from: 'support_active',
        to: 'closed',
        userId,
      })
      expect((await append(close)).event).toBeNull()
      expect((await opened().stores.journal.position(place.workspace.id)).head).toBe(2)
    })
  })

  describe('an outcome', () => {
    beforeEach(() => claimLeftovers(opened().stores))

    const send = async () => {
      const place = await openConversation(opened().stores)
      const { message } = await opened().stores.journal.appendMessage(answered(place))
      return { place, message, claimed: await claimOne(opened().stores) }
    }

    it('is an event with the result, and the message carries its state', async () => {
      const { place, message, claimed } = await send()
      const result = { success: true, message_id: 9 }
      const { event, conversation } = await append(outcomeOf(claimed, { result, providerId: '5:9' }))
      const delivery = { state: 'sent', attempts: 1, error: null, nextAt: null }
      const about = { conversationId: place.conversation.id, messageId: message.id, messageSeq: 1 }
      expect(event).toMatchObject({ type: 'delivery.attempted', seq: 3, ...about, delivery, result })
      expect(conversation.rev).toBe(3)
      const again = await opened().stores.journal.appendMessage(said(place, { providerId: '5:9' }))
      expect(again).toMatchObject({ repeated: true, message: { id: message.id, delivery } })
    })

    it('counts once: a late answer of the same attempt changes nothing', async () => {
      const { claimed } = await send()
      const [first, late] = await Promise.all([
        append(outcomeOf(claimed, { outcome: 'unconfirmed', error: 'lost' })),
        append(outcomeOf(claimed)),
      ])
      expect(first.event).toMatchObject({ delivery: { state: 'unconfirmed', error: 'lost' } })
      expect(late.event).toBeNull()
      const wrong = { ...claimed, attempt: claimed.attempt + 1 }
      expect((await append(outcomeOf(wrong))).event).toBeNull()
    })

    it('of a passing failure is tried again when its time has come, as the next attempt', async () => {
      const { message, claimed } = await send()
      const failed = { outcome: 'retry' as const, error: 'flood', result: { success: false, pending: true } }
      const { event } = await append(outcomeOf(claimed, { ...failed, delayMs: 3_600_000 }))
      expect(event).toMatchObject({ delivery: { state: 'queued', attempts: 1, error: 'flood' } })
      const delivery = event?.type === 'delivery.attempted' ? event.delivery : null
      const waits = Date.parse(delivery?.nextAt ?? '') - Date.parse(event?.at ?? '')
      expect(waits).toBe(3_600_000)
      expect(await opened().stores.deliveries.claim(10, 1)).toEqual([])
      const [{ attempts } = { attempts: [] }] = await opened().stores.deliveries.history(message.id)
      expect(attempts).toMatchObject([{ number: 1, outcome: 'retry', error: 'flood' }])
    })

    it('of a foreign conversation is refused', async () => {
      const { claimed } = await send()
      const foreign = outcomeOf({ ...claimed, workspaceId: claimed.workspaceId + 1 })
      await expect(append(foreign)).rejects.toMatchObject({ code: 'not_found' })
    })

    it('that failed is retried by a new delivery; the old one stays as it was', async () => {
      const { place, message, claimed } = await send()
      await append(outcomeOf(claimed, { outcome: 'failed', error: 'blocked', result: { success: false } }))
      const retry = { kind: 'retry' as const, ...about(place), messageId: message.id }
      const { event } = await append(retry)
      expect(event).toMatchObject({
        type: 'delivery.attempted',
        delivery: { state: 'queued', attempts: 0 },
        result: {},
      })
      expect((await append(retry)).event).toBeNull()
      const again = await claimOne(opened().stores)
      expect(again).toMatchObject({ messageId: message.id, attempt: 1 })
      await append(outcomeOf(again))
      const history = await opened().stores.deliveries.history(message.id)
      expect(history).toMatchObject([
        { state: 'failed', error: 'blocked', attempts: [{ number: 1, outcome: 'failed', error: 'blocked' }] },
        { state: 'sent', error: null, attempts: [{ number: 1, outcome: 'sent', error: null }] },
      ])
      expect((await append(retry)).event).toBeNull()
    })

    it('is not retried where the message was never to be delivered, or is of another conversation', async () => {
      const { place, message } = await send()
      const other = await openWith(1)
      const told = (await opened().stores.journal.appendMessage(said(place))).message
      const retry = (at: Place, messageId: string) => append({ kind: 'retry', ...about(at), messageId })
      await expect(retry(place, told.id)).rejects.toMatchObject({ code: 'not_found' })
      await expect(retry(other, message.id)).rejects.toMatchObject({ code: 'not_found' })
    })
  })
}
