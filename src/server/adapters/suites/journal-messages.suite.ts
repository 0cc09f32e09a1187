import { describe, expect, it } from 'vitest'
import { answered, ids, type Opened, openConversation, said, times } from './stores.testing.ts'

const MANY = 500

/** What every journal promises about messages. */
export function describeAppendedMessages(opened: Opened) {
  describe('appending messages', () => {
    it('gives many at once, from two nodes, a gapless seq and one event each in the order of the log', async () => {
      const { stores, elsewhere } = opened()
      const place = await openConversation(stores)
      const nodes = [stores.journal, elsewhere.journal]
      const all = times(MANY, (index) =>
        nodes[index % 2]?.appendMessage(said(place, { content: `${index}` })),
      )
      const stored = await Promise.all(all)
      const seqs = stored.map((one) => one?.message.seq ?? 0).toSorted((a, b) => a - b)
      expect(seqs).toEqual(times(MANY, (index) => index + 1))
      const { events, head } = await stores.journal.read(place.workspace.id, 1, MANY + 1)
      expect(head).toBe(MANY + 1)
      expect(events.map(({ seq }) => seq)).toEqual(times(MANY, (index) => index + 2))
      const logged = events.map((event) => event.type === 'message.sent' && event.message.seq)
      expect(logged).toEqual(times(MANY, (index) => index + 1))
    })

    it('keeps the order of one caller, and of two conversations each their own', async () => {
      const { journal, messages } = opened().stores
      const [one, two] = [await openConversation(opened().stores), await openConversation(opened().stores)]
      const sent = times(60, (index) =>
        journal.appendMessage(said(index % 2 ? one : two, { content: `${index}` })),
      )
      await Promise.all(sent)
      for (const [place, rest] of [
        [one, 1],
        [two, 0],
      ] as const) {
        const page = await messages.page(place.conversation.id, { limit: 100 })
        expect(page.map(({ seq }) => seq)).toEqual(times(30, (index) => index + 1))
        expect(page.map(({ content }) => Number(content))).toEqual(times(30, (index) => index * 2 + rest))
      }
    })

    it('answers the stored message, and its event says the same', async () => {
      const { journal, messages } = opened().stores
      const place = await openConversation(opened().stores)
      const content = ' سلام 👋\n'
      const appended = await journal.appendMessage(answered(place, { content, clientId: 'c1' }))
      const { message, event, conversation, workspaceId, repeated } = appended
      expect(message).toMatchObject({ seq: 1, content, clientId: 'c1', author: place.workspace.author })
      expect(message).toMatchObject({ delivery: { state: 'queued', attempts: 0, error: null, nextAt: null } })
      expect(await messages.find([place.workspace.id], message.id)).toEqual(message)
      expect(event).toEqual({ type: 'message.sent', seq: 2, at: message.createdAt, conversation, message })
      expect({ workspaceId, repeated }).toEqual({ workspaceId: place.workspace.id, repeated: false })
      expect(conversation).toMatchObject({ lastSeq: 1, rev: 2, updatedAt: message.createdAt, unreadCount: 0 })
      const { events } = await journal.read(place.workspace.id, 1, 10)
      expect(events).toEqual([event])
    })

    it("raises the unread count by a customer's messages alone", async () => {
      const { journal } = opened().stores
      const place = await openConversation(opened().stores)
      await journal.appendMessage(said(place))
      await journal.appendMessage(answered(place))
      const { conversation } = await journal.appendMessage(said(place))
      expect(conversation).toMatchObject({ lastSeq: 3, unreadCount: 2, answeredSeq: 0 })
    })

    it("opens a closed conversation for a customer's message, and not for an agent's", async () => {
      const { journal } = opened().stores
      const place = await openConversation(opened().stores)
      const { id: workspaceId, user } = place.workspace
      const close = { workspaceIds: [workspaceId], conversationId: place.conversation.id, userId: user.id }
      await journal.append({ kind: 'status', ...close, status: 'closed' })
      const answer = await journal.appendMessage(answered(place))
      expect(answer.conversation.status).toBe('closed')
      expect((await journal.appendMessage(said(place))).conversation.status).toBe('support_active')
      await journal.append({ kind: 'status', ...close, status: 'closed' })
      await opened().setBot(workspaceId, true)
      expect((await journal.appendMessage(said(place))).conversation.status).toBe('active')
    })
  })

  describe('a repeated message', () => {
    it('is the stored one: it takes no seq and makes no event', async () => {
      const { journal } = opened().stores
      const place = await openConversation(opened().stores)
      const first = await journal.appendMessage(answered(place, { clientId: 'c', content: 'first' }))
      const again = await journal.appendMessage(answered(place, { clientId: 'c', content: 'second' }))
      expect(again).toMatchObject({ message: first.message, repeated: true, event: null })
      expect((await journal.appendMessage(answered(place))).message.seq).toBe(2)
      expect((await journal.position(place.workspace.id)).head).toBe(3)
    })

    it('is stored once where ten come at once, on two nodes', async () => {
      const { stores, elsewhere } = opened()
      const place = await openConversation(stores)
      const nodes = [stores.journal, elsewhere.journal]
      const append = (index: number) => nodes[index % 2]?.appendMessage(answered(place, { clientId: 'c' }))
      const stored = await Promise.all(times(10, append))
      expect(new Set(stored.map((one) => one?.message.id)).size).toBe(1)
      expect(stored.filter((one) => one?.event)).toHaveLength(1)
      expect(await stores.messages.page(place.conversation.id, { limit: 10 })).toHaveLength(1)
    })

    it('is a new one for another sender and in another conversation', async () => {
      const { journal } = opened().stores
      const [one, two] = [await openConversation(opened().stores), await openConversation(opened().stores)]
      const stored = [
        await journal.appendMessage(answered(one, { clientId: 'c' })),
        await journal.appendMessage(said(one, { clientId: 'c' })),
        await journal.appendMessage(answered(two, { clientId: 'c' })),
      ]
      expect(stored.map(({ repeated }) => repeated)).toEqual([false, false, false])
    })

    it("is known by the platform's id, once per channel", async () => {
      const { journal } = opened().stores
      const [one, two] = [await openConversation(opened().stores), await openConversation(opened().stores)]
      const append = () => journal.appendMessage(said(one, { providerId: '7:1' }))
      const stored = await Promise.all(times(10, append))
      expect(stored.filter(({ repeated }) => !repeated)).toHaveLength(1)
      expect((await journal.appendMessage(said(two, { providerId: '7:1' }))).repeated).toBe(false)
    })
  })

  describe('one refused append', () => {
    it('fails alone where the conversation is of another workspace or of nobody', async () => {
      const { journal } = opened().stores
      const [mine, theirs] = [
        await openConversation(opened().stores),
        await openConversation(opened().stores),
      ]
      const foreign = { ...theirs, workspace: mine.workspace }
      const nowhere = { ...mine, conversation: { id: ids.short() } }
      const drafts = [mine, foreign, mine, nowhere, mine].map((place) => said(place))
      const results = await Promise.allSettled(drafts.map((draft) => journal.appendMessage(draft)))
      const outcome = results.map((result) =>
        result.status === 'fulfilled' ? result.value.message.seq : result.reason.code,
      )
      expect(outcome).toEqual([1, 'not_found', 2, 'not_found', 3])
      expect((await journal.position(theirs.workspace.id)).head).toBe(1)
    })

    it('fails alone where its text cannot be stored', async () => {
      const { journal } = opened().stores
      const place = await openConversation(opened().stores)
      const drafts = [said(place), said(place, { content: 'half\u0000way' }), said(place)]
      const results = await Promise.allSettled(drafts.map((draft) => journal.appendMessage(draft)))
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect((await journal.appendMessage(said(place))).message.seq).toBe(3)
    })

    it.each(['read', 'status', 'retry'] as const)(
      'is a change of kind %s to a foreign conversation',
      async (kind) => {
        const { journal } = opened().stores
        const [mine, theirs] = [
          await openConversation(opened().stores),
          await openConversation(opened().stores),
        ]
        const { user } = mine.workspace
        const about = {
          workspaceIds: [mine.workspace.id],
          conversationId: theirs.conversation.id,
          userId: user.id,
        }
        const change = { upTo: null, always: true, status: 'closed' as const, messageId: 'x' }
        await expect(journal.append({ kind, ...about, ...change })).rejects.toMatchObject({
          code: 'not_found',
        })
      },
    )
  })

  describe('a delivery', () => {
    it('is queued for a platform, and nothing is where nobody is to be told', async () => {
      const { journal } = opened().stores
      const telegram = await openConversation(opened().stores)
      const website = await openConversation(opened().stores, 'website')
      const [queued, told] = [answered(telegram), said(telegram)]
      expect((await journal.appendMessage(queued)).message.delivery).toMatchObject({ state: 'queued' })
      expect((await journal.appendMessage(told)).message.delivery).toBeNull()
      expect((await journal.appendMessage(answered(website))).message.delivery).toBeNull()
    })

    it('has failed from the start where the channel is unknown or gone, and waits where it is stopped', async () => {
      const { journal, channels } = opened().stores
      const unknown = await openConversation(opened().stores, 'unknown')
      const stopped = await openConversation(opened().stores)
      const gone = await openConversation(opened().stores)
      await channels.stop(stopped.channel.id, 'revoked')
      await channels.remove([gone.workspace.id], gone.channel.id)
      const errorOf = async (place: typeof gone) =>
        (await journal.appendMessage(answered(place))).message.delivery
      const telegram = { state: 'failed', error: 'Telegram service not available' }
      expect(await errorOf(unknown)).toMatchObject({ state: 'failed', error: 'Unknown conversation source' })
      expect(await errorOf(stopped)).toMatchObject({ ...telegram, state: 'queued', next: 'reconnection' })
      expect(await errorOf(gone)).toMatchObject(telegram)
    })
  })
}
