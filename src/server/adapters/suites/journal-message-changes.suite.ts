import { describe, expect, it } from 'vitest'
import { HOLD } from './held.testing.ts'
import { actsOn, edited, type Place, reacted, second, unsent } from './message-changes.testing.ts'
import { ids, type Opened, said, times } from './stores.testing.ts'

/** What every journal promises about messages that do not stay as they were said. */
export function describeMessageChanges(opened: Opened) {
  const { journal, say, change, find, open, messageOf } = actsOn(opened)

  describe('an edit', () => {
    it('replaces the text, keeps the one before, and is told', async () => {
      const place = await open()
      const id = await say(place, { content: 'helo' })
      const { event, conversation } = await change(place, id, edited('hello'))
      const now = await find(place, id)
      expect(now).toMatchObject({ content: 'hello', editedAt: event?.at, deletedAt: null })
      expect(messageOf(event)).toEqual(now)
      expect(conversation.rev).toBe(event?.seq)
      await change(place, id, edited('hello!'))
      const before = await opened().stores.messages.edits(id)
      expect(before.map(({ content }) => content)).toEqual(['helo', 'hello'])
      expect(before[0]?.editedAt).toBe(event?.at)
      const { events } = await journal().read(place.workspace.id, (event?.seq ?? 1) - 1, 5)
      expect(events.map(({ type }) => type)).toEqual(['message.changed', 'message.changed'])
    })

    it('to the same text is no change, and tells nothing', async () => {
      const place = await open()
      const id = await say(place)
      expect((await change(place, id, edited('hello'))).event).toBeNull()
      expect(await find(place, id)).toMatchObject({ editedAt: null })
      expect(await opened().stores.messages.edits(id)).toEqual([])
    })

    it('that happened before the newest one changes nothing, in whatever order they come', async () => {
      const place = await open()
      const id = await say(place, { content: 'one' })
      await change(place, id, edited('three', second(3)))
      expect((await change(place, id, edited('two', second(2)))).event).toBeNull()
      await change(place, id, edited('three', second(4)))
      expect((await change(place, id, edited('late', second(3)))).event).toBeNull()
      expect((await find(place, id))?.content).toBe('three')
      const message = messageOf((await change(place, id, edited('four', second(4)))).event)
      expect(message).toMatchObject({ content: 'four' })
      expect(message).not.toHaveProperty('extras')
    })

    it('keeps only the newest texts of a message that is edited again and again', async () => {
      const place = await open()
      const id = await say(place, { content: '0' })
      for (const index of times(55, (number) => number + 1)) await change(place, id, edited(String(index)))
      const texts = (await opened().stores.messages.edits(id)).map(({ content }) => content)
      expect(texts).toEqual(times(50, (index) => String(index + 5)))
    })

    it('of what is held is told to the Spam page alone', async () => {
      const place = await open()
      const id = await say(place, { hold: HOLD })
      const { event } = await change(place, id, edited('casino'))
      expect(event).toMatchObject({ type: 'message.held', messageId: id })
      expect(await find(place, id)).toBeNull()
    })

    it('of a foreign, unknown or misplaced message is refused', async () => {
      const [place, other] = [await open(), await open()]
      const id = await say(place)
      const at = { conversationId: place.conversation.id, messageId: id }
      const foreign = { ...edited('x'), ...at, workspaceIds: [other.workspace.id] }
      await expect(journal().append(foreign)).rejects.toMatchObject({ code: 'not_found' })
      await expect(change(other, id, edited('x'))).rejects.toMatchObject({ code: 'not_found' })
      await expect(change(place, ids.short(), edited('x'))).rejects.toMatchObject({ code: 'not_found' })
      expect((await find(place, id))?.content).toBe('hello')
    })
  })

  describe('taking back', () => {
    it('leaves an empty place and nothing of what was said, also where it was quoted', async () => {
      const place = await open()
      const id = await say(place, { content: 'secret', extras: { album: 'a' } })
      await change(place, id, edited('Secret'))
      const quote = { messageId: id, isOwn: false, text: 'Secret' }
      const later = await say(place, { replyToId: id, extras: { quote } })
      const { event } = await change(place, id, unsent())
      const now = await find(place, id)
      expect(now).toMatchObject({ content: '', deletedAt: event?.at, seq: 1 })
      expect(now).not.toHaveProperty('extras')
      expect(messageOf(event)).toEqual(now)
      expect(await opened().stores.messages.edits(id)).toEqual([])
      expect(await find(place, later)).toMatchObject({ content: 'hello', extras: { quote: { text: '' } } })
      const { events } = await journal().read(place.workspace.id, (event?.seq ?? 2) - 2, 5)
      expect(events.map((one) => messageOf(one)?.id)).toEqual([later, id])
    })

    it('is for good: a later edit, reaction or repetition changes nothing', async () => {
      const place = await open()
      const id = await say(place, { providerId: '1:1' })
      await change(place, id, unsent())
      for (const what of [unsent(), edited('again', second(9)), reacted(['👍'], second(9))])
        expect((await change(place, id, what)).event).toBeNull()
      const again = await journal().appendMessage(said(place, { providerId: '1:1' }))
      expect(again).toMatchObject({ repeated: true, message: { id, content: '' } })
    })

    it('shows in the list as the last message, and keeps what is unread', async () => {
      const place = await open()
      const id = await say(place)
      await change(place, id, unsent())
      const found = await opened().stores.conversations.find([place.workspace.id], place.conversation.id)
      expect(found).toMatchObject({ unreadCount: 1, lastMessage: { id, content: '' } })
    })

    it('of what is held ends its waiting', async () => {
      const place = await open()
      const id = await say(place, { hold: HOLD })
      expect((await change(place, id, unsent())).event).toMatchObject({ type: 'message.discarded' })
      expect(await opened().stores.messages.findByProviderId(place.channel.id, 'none')).toBeNull()
    })
  })

  describe('reactions', () => {
    it('replace those of the same side, beside the other side’s, and go', async () => {
      const place = await open()
      const id = await say(place)
      await change(place, id, reacted(['❤️'], null, 'agent'))
      await change(place, id, reacted(['👍', '🔥']))
      const { event } = await change(place, id, reacted(['👏']))
      const agents = { by: 'agent', emoji: '❤️' }
      expect(messageOf(event)?.extras).toEqual({ reactions: [{ by: 'customer', emoji: '👏' }, agents] })
      expect((await change(place, id, reacted(['👏']))).event).toBeNull()
      await change(place, id, reacted([], null, 'agent'))
      await change(place, id, reacted([]))
      expect(await find(place, id)).not.toHaveProperty('extras')
    })

    it('are bounded, and leave what else the message is', async () => {
      const place = await open()
      const id = await say(place, { extras: { album: 'a' } })
      await change(place, id, reacted(['1', '2', '3', '4', '5', '6']))
      await change(place, id, reacted(['7', '8', '9', '10', '11'], null, 'agent'))
      const { extras } = (await find(place, id)) ?? {}
      expect(extras?.reactions?.map(({ emoji }) => emoji)).toEqual(['1', '2', '3', '4', '7', '8', '9', '10'])
      expect(extras?.album).toBe('a')
    })

    it('that happened before the newest one change nothing', async () => {
      const place = await open()
      const id = await say(place)
      await change(place, id, reacted(['👍'], second(1)))
      await change(place, id, reacted([], second(3)))
      expect((await change(place, id, reacted(['🔥'], second(2)))).event).toBeNull()
      expect(await find(place, id)).not.toHaveProperty('extras')
    })
  })

  describe('seeing', () => {
    const see = ({ workspace, conversation }: Place, upTo: number) =>
      journal().append({
        kind: 'seen',
        workspaceIds: [workspace.id],
        conversationId: conversation.id,
        upTo,
      })

    it('goes up to what there is, never back, and is told', async () => {
      const place = await open()
      for (const _ of times(3, String)) await say(place)
      const { event, conversation } = await see(place, 2)
      expect(event).toMatchObject({ type: 'conversation.seen', conversation: { seenSeq: 2 } })
      expect(conversation).toMatchObject({ seenSeq: 2, rev: event?.seq })
      for (const upTo of [1, 2]) expect((await see(place, upTo)).event).toBeNull()
      expect((await see(place, 99)).conversation.seenSeq).toBe(3)
    })
  })

  describe('reach', () => {
    const reach = ({ workspace, conversation }: Place, reason: string | null) =>
      journal().amend({
        kind: 'reach',
        workspaceIds: [workspace.id],
        customerId: conversation.customerId,
        reason,
      })

    it('is noted once, and cleared by what the customer says', async () => {
      const place = await open()
      const { event } = await reach(place, 'blocked')
      expect(event).toMatchObject({ type: 'customer.changed', customer: { unreachable: 'blocked' } })
      expect((await reach(place, 'blocked')).event).toBeNull()
      const { customer, workspace } = place
      const { customers, spam } = opened().stores
      expect(await customers.findBySource(customer.channelId, customer.sourceId)).toBe(
        place.conversation.customerId,
      )
      expect(await customers.findBySource(customer.channelId, 'nobody')).toBeNull()
      expect(await spam.sender(customer, 1)).toBeNull()
      const draft = { ...customer, kind: 'open' as const, conversationId: ids.short() }
      const names = { firstName: 'Kim', lastName: null, username: null }
      const back = await journal().append({ ...draft, ...names })
      expect(back).toMatchObject({ conversation: { id: place.conversation.id } })
      expect(back.event).toMatchObject({ type: 'customer.changed' })
      expect(back.event).not.toHaveProperty('customer.unreachable')
      expect((await journal().append({ ...draft, ...names })).event).toBeNull()
      expect(await spam.sender(customer, 1)).toMatchObject({ conversationId: place.conversation.id })
      const known = await opened().stores.customers.find([workspace.id], place.conversation.customerId)
      expect(known).not.toHaveProperty('unreachable')
    })

    it('of somebody else’s customer is refused', async () => {
      const [place, other] = [await open(), await open()]
      const foreign = { ...place, workspace: other.workspace }
      await expect(reach(foreign, 'blocked')).rejects.toMatchObject({ code: 'not_found' })
    })
  })
}
