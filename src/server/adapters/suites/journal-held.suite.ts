import { describe, expect, it } from 'vitest'
import { actsOn, HOLD } from './held.testing.ts'
import { answered, ids, type Opened, openConversation, said, times } from './stores.testing.ts'

/** What every journal promises about messages that are held as spam. */
export function describeHeldMessages(opened: Opened) {
  const { journal, hold, say, settle, about, stateOf, shown } = actsOn(opened)

  describe('a held message', () => {
    it('takes its seq on arrival, and is seen by nobody', async () => {
      const place = await openConversation(opened().stores)
      await say(place)
      const before = await stateOf(place)
      const appended = await journal().appendMessage(said(place, { hold: HOLD, content: 'casino نهنگ' }))
      expect(appended.message.seq).toBe(2)
      expect(appended.event).toEqual({
        type: 'message.held',
        seq: (before?.rev ?? 0) + 1,
        at: appended.message.createdAt,
        conversationId: place.conversation.id,
        messageId: appended.message.id,
      })
      const { stores } = opened()
      const { lastMessage, unreadCount, updatedAt } = before ?? {}
      expect(await stateOf(place)).toMatchObject({ lastMessage, unreadCount, updatedAt, lastSeq: 2 })
      expect(await shown(place)).toEqual([1])
      expect(await stores.messages.find([place.workspace.id], appended.message.id)).toBeNull()
      const all = { upTo: null, offset: 0, limit: 10 }
      expect(await stores.messages.slice(place.conversation.id, all)).toMatchObject({ count: 1, upTo: 1 })
      const found = { isDescending: false, search: 'casino' }
      expect(
        await stores.messages.search([place.workspace.id], found, { offset: 0, limit: 5 }),
      ).toMatchObject({
        rows: [],
        total: 0,
      })
      const listed = await stores.conversations.list(place.workspace.id, {
        view: 'all',
        search: 'نهنگ',
        limit: 5,
      })
      expect(listed.rows).toEqual([])
    })

    it('is told in the log with the same event, and leaves the next message the next seq', async () => {
      const place = await openConversation(opened().stores)
      const { event } = await journal().appendMessage(said(place, { hold: HOLD }))
      expect((await say(place)).seq).toBe(2)
      const { events } = await journal().read(place.workspace.id, (event?.seq ?? 1) - 1, 1)
      expect(events).toEqual([event])
      expect(await stateOf(place)).toMatchObject({ unreadCount: 1, lastMessage: { seq: 2 } })
    })

    it('does not reopen a closed conversation', async () => {
      const place = await openConversation(opened().stores)
      await journal().append({ kind: 'status', ...about(place), status: 'closed' })
      const { id } = await hold(place)
      expect(await stateOf(place)).toMatchObject({ status: 'closed', unreadCount: 0 })
      await settle(place, id)
      expect(await stateOf(place)).toMatchObject({ status: 'support_active', unreadCount: 1 })
    })

    it('is stored once where the platform repeats it', async () => {
      const place = await openConversation(opened().stores)
      const draft = said(place, { hold: HOLD, providerId: '7:1' })
      const { message } = await journal().appendMessage(draft)
      const again = await journal().appendMessage({ ...draft, id: ids.short() })
      expect(again).toMatchObject({ repeated: true, event: null, message: { id: message.id } })
    })

    it('in one group with shown ones is hidden alone', async () => {
      const place = await openConversation(opened().stores)
      await Promise.all(times(6, (index) => (index % 2 ? hold(place) : say(place))))
      expect(await shown(place)).toEqual([1, 3, 5])
      expect(await stateOf(place)).toMatchObject({ unreadCount: 3, lastSeq: 6, lastMessage: { seq: 5 } })
    })
  })

  describe('reading', () => {
    it('never passes what is held at the end, so that it is unread when it is released', async () => {
      const place = await openConversation(opened().stores)
      await say(place)
      const { id } = await hold(place)
      const read = await journal().append({ kind: 'read', ...about(place), upTo: null, always: false })
      expect(read.conversation).toMatchObject({ answeredSeq: 1, unreadCount: 0 })
      expect((await settle(place, id)).conversation).toMatchObject({ answeredSeq: 1, unreadCount: 1 })
    })

    it('leaves what is held between uncounted', async () => {
      const place = await openConversation(opened().stores)
      for (const isHeld of [false, true, false, true]) await (isHeld ? hold(place) : say(place))
      const read = await journal().append({ kind: 'read', ...about(place), upTo: 1, always: false })
      expect(read.conversation).toMatchObject({ answeredSeq: 1, unreadCount: 1 })
    })
  })

  describe('a release', () => {
    it('shows the message at its own place, as new activity, by an event that tells it whole', async () => {
      const place = await openConversation(opened().stores)
      await say(place)
      const held = await hold(place, { content: 'no casino' })
      await journal().appendMessage(answered(place))
      const before = await stateOf(place)
      const { event, conversation } = await settle(place, held.id)
      expect(await shown(place)).toEqual([1, 2, 3])
      expect(conversation).toMatchObject({ unreadCount: 2, lastSeq: 3, rev: event?.seq })
      expect(conversation.updatedAt >= (before?.updatedAt ?? '')).toBe(true)
      expect(event).toMatchObject({
        type: 'message.released',
        message: { id: held.id, seq: 2, content: 'no casino', createdAt: held.createdAt },
        conversation: { id: place.conversation.id, unreadCount: 2 },
      })
      const { events } = await journal().read(place.workspace.id, (event?.seq ?? 1) - 1, 1)
      expect(events).toEqual([event])
    })

    it('happens once, however many ask for it at once on whatever node', async () => {
      const place = await openConversation(opened().stores)
      const { id } = await hold(place)
      const { elsewhere } = opened()
      const draft = { kind: 'release' as const, ...about(place), messageId: id }
      const nodes = [opened().stores, elsewhere]
      const all = await Promise.all(times(10, (index) => nodes[index % 2]?.journal.append(draft)))
      expect(all.filter((one) => one?.event)).toHaveLength(1)
      expect(await stateOf(place)).toMatchObject({ unreadCount: 1 })
    })

    it('makes the customer one to trust, and them alone', async () => {
      const { spam } = opened().stores
      const [place, other] = [
        await openConversation(opened().stores),
        await openConversation(opened().stores),
      ]
      const { id } = await hold(place)
      const before = await spam.history(place.conversation.customerId, 10)
      expect(before).toMatchObject({ isTrusted: false, isKnown: false, recent: [{ text: 'hello' }] })
      await settle(place, id)
      const after = await spam.history(place.conversation.customerId, 10)
      expect(after).toMatchObject({ isTrusted: true, isKnown: true })
      expect(await spam.history(other.conversation.customerId, 10)).toMatchObject({ isTrusted: false })
    })

    it('knows nothing of another workspace’s, of what is gone, nor of what was never held', async () => {
      const [place, other] = [
        await openConversation(opened().stores),
        await openConversation(opened().stores),
      ]
      const [held, plain] = [await hold(place), await say(place)]
      const foreign = { ...place, workspace: other.workspace }
      for (const [where, id] of [
        [foreign, held.id],
        [other, held.id],
        [place, plain.id],
        [place, 'nothing'],
      ] as const)
        await expect(settle(where, id)).rejects.toMatchObject({ code: 'not_found' })
      expect(await shown(place)).toEqual([2])
    })
  })

  describe('a deletion for good', () => {
    it('empties the message, keeps its seq, and cannot be released any more', async () => {
      const { spam } = opened().stores
      const place = await openConversation(opened().stores)
      const draft = said(place, { hold: HOLD, content: 'casino', providerId: 'p1' })
      const { message } = await journal().appendMessage(draft)
      expect((await settle(place, message.id, 'discard')).event).toMatchObject({
        type: 'message.discarded',
        conversationId: place.conversation.id,
        messageId: message.id,
      })
      expect((await settle(place, message.id)).event).toBeNull()
      expect(await spam.count(place.workspace.id)).toBe(0)
      expect(await shown(place)).toEqual([])
      const again = await journal().appendMessage({ ...draft, id: ids.short() })
      expect(again).toMatchObject({ repeated: true, message: { content: '' } })
      expect((await say(place)).seq).toBe(2)
    })

    it('comes too late for what was released', async () => {
      const place = await openConversation(opened().stores)
      const { id } = await hold(place, { content: 'no spam' })
      await settle(place, id)
      expect((await settle(place, id, 'discard')).event).toBeNull()
      expect(await stateOf(place)).toMatchObject({ lastMessage: { content: 'no spam', deletedAt: null } })
    })
  })
}
