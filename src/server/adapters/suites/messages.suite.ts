import { describe, expect, it } from 'vitest'
import { answered, type OpenStores, openConversation, said, storesOf, times } from './stores.testing.ts'

/** What every store of messages promises. */
export function describeMessages(open: OpenStores) {
  const opened = storesOf(open)
  const openThread = async (count: number) => {
    const place = await openConversation(opened().stores)
    await Promise.all(times(count, () => opened().stores.journal.appendMessage(said(place))))
    return place
  }

  describe('a thread', () => {
    it.each([
      ['its newest', { limit: 3 }, [8, 9, 10]],
      ['the newest below a seq', { before: 5, limit: 3 }, [2, 3, 4]],
      ['the first below a seq, where there are few', { before: 2, limit: 3 }, [1]],
      ['nothing below the first', { before: 1, limit: 3 }, []],
      ['the first above a seq', { after: 4, limit: 3 }, [5, 6, 7]],
      ['all from the first', { after: 0, limit: 100 }, times(10, (index) => index + 1)],
      ['nothing above the last', { after: 10, limit: 3 }, []],
      ['what lies between', { after: 2, before: 6, limit: 100 }, [3, 4, 5]],
    ])('is read in ascending order: %s', async (_, query, seqs) => {
      const { conversation } = await openThread(10)
      const page = await opened().stores.messages.page(conversation.id, query)
      expect(page.map(({ seq }) => seq)).toEqual(seqs)
    })

    it('of one conversation holds nothing of another', async () => {
      const { messages } = opened().stores
      const [one, two] = [await openThread(3), await openThread(1)]
      expect(await messages.page(one.conversation.id, { limit: 10 })).toHaveLength(3)
      expect(await messages.page(two.conversation.id, { limit: 10 })).toHaveLength(1)
      expect(await messages.page('nowhere', { limit: 10 })).toEqual([])
    })
  })

  it('tells when the customer last said something', async () => {
    const { messages, journal } = opened().stores
    const place = await openConversation(opened().stores)
    const { id } = place.conversation
    await journal.appendMessage(answered(place))
    expect(await messages.lastCustomerAt(id)).toBeNull()
    const { message } = await journal.appendMessage(said(place))
    await journal.appendMessage(answered(place))
    expect(await messages.lastCustomerAt(id)).toBe(message.createdAt)
  })

  it('knows which names a sender gave in a conversation', async () => {
    const { messages, journal } = opened().stores
    const [here, there] = [await openConversation(opened().stores), await openConversation(opened().stores)]
    const draft = answered(here, { clientId: 'c1' })
    await journal.appendMessage(draft)
    const isStored = (place: typeof here, sender: string, clientId: string) =>
      messages.isStored(place.conversation.id, sender, clientId)
    expect(await isStored(here, draft.sender, 'c1')).toBe(true)
    expect(await isStored(here, draft.sender, 'c2')).toBe(false)
    expect(await isStored(here, 'user:0', 'c1')).toBe(false)
    expect(await isStored(there, draft.sender, 'c1')).toBe(false)
  })

  it('is found in its own workspaces alone, as it was stored', async () => {
    const { messages, journal } = opened().stores
    const [mine, theirs] = [await openConversation(opened().stores), await openConversation(opened().stores)]
    const content = 'a\u200cb\r\n\t<b>&amp;</b> 👩‍👩‍👧 \\ \' "'
    const { message } = await journal.appendMessage(answered(mine, { content, clientId: 'c' }))
    expect(await messages.find([theirs.workspace.id, mine.workspace.id], message.id)).toEqual(message)
    expect(message).toMatchObject({
      content,
      author: mine.workspace.author,
      feedback: 'none',
      editedAt: null,
    })
    expect(await messages.find([theirs.workspace.id], message.id)).toBeNull()
    expect(await messages.find([mine.workspace.id], 'nothing')).toBeNull()
  })

  describe('a slice, counted from the newest', () => {
    it.each([
      ['the newest', { upTo: null, offset: 0, limit: 3 }, { seqs: [8, 9, 10], count: 10, upTo: 10 }],
      ['what lies before', { upTo: 10, offset: 3, limit: 3 }, { seqs: [5, 6, 7], count: 10, upTo: 10 }],
      ['the first, where there are few', { upTo: 4, offset: 3, limit: 3 }, { seqs: [1], count: 4, upTo: 4 }],
      ['nothing beyond the first', { upTo: null, offset: 10, limit: 3 }, { seqs: [], count: 10, upTo: 10 }],
    ])('is %s', async (_, page, { seqs, ...counted }) => {
      const { conversation } = await openThread(10)
      const { messages, ...found } = await opened().stores.messages.slice(conversation.id, page)
      expect(messages.map(({ seq }) => seq)).toEqual(seqs)
      expect(found).toEqual(counted)
    })

    it('is empty where nothing was said', async () => {
      const nothing = { messages: [], count: 0, upTo: 0 }
      const page = { upTo: null, offset: 0, limit: 3 }
      expect(await opened().stores.messages.slice('nowhere', page)).toEqual(nothing)
    })
  })

  it('is searched in the workspaces asked for, in pages, with its conversation', async () => {
    const { messages, journal } = opened().stores
    const [mine, theirs] = [await openThread(2), await openThread(2)]
    const ai = { metadata: { model: 'm' }, inputTokens: 3, outputTokens: 5 }
    const answer = said(mine, { type: 'AI', sender: 'ai', content: '100% سلام', ai })
    const { message } = await journal.appendMessage(answer)
    const search = (filter: object, workspaceId = mine.workspace.id) =>
      messages.search([workspaceId], { isDescending: false, ...filter }, { offset: 0, limit: 10 })
    expect(await search({})).toMatchObject({ total: 3, asOf: message.createdAt })
    const record = { ...message, ...ai, conversation: { id: mine.conversation.id, lastSeq: 3 } }
    for (const filter of [{ isAiResponse: true }, { type: 'AI' }, { search: '0% سل' }])
      expect(await search(filter)).toMatchObject({ rows: [record], total: 1 })
    for (const filter of [
      { search: '1_0' },
      { isAnswered: true },
      { conversationId: theirs.conversation.id },
    ])
      expect(await search(filter)).toMatchObject({ rows: [], total: 0, asOf: null })
    expect(await search({}, theirs.workspace.id)).toMatchObject({ total: 2 })
    const last = await messages.search([mine.workspace.id], { isDescending: true }, { offset: 0, limit: 1 })
    expect(last).toMatchObject({ rows: [{ id: message.id }], total: 3 })
  })
}
