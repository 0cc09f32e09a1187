import { expect, it } from 'vitest'
import { HOLD } from './held.testing.ts'
import { type OpenStores, openConversation, said, storesOf } from './stores.testing.ts'

/** What every store of held messages promises. */
export function describeSpam(open: OpenStores) {
  const opened = storesOf(open)
  const openHeld = async (count: number) => {
    const place = await openConversation(opened().stores)
    const held: string[] = []
    for (let index = 0; index < count; index++) {
      const draft = said(place, { hold: HOLD, content: `casino ${index}` })
      held.unshift((await opened().stores.journal.appendMessage(draft)).message.id)
    }
    return { place, held }
  }

  it('lists what is held in a workspace, newest first, in pages that neither repeat nor leave out', async () => {
    const { spam } = opened().stores
    const { place, held } = await openHeld(5)
    await openHeld(1)
    const first = await spam.list(place.workspace.id, { limit: 3 })
    const second = await spam.list(place.workspace.id, { limit: 3, before: first.rows.at(-1) })
    const found = [...first.rows, ...second.rows]
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(held))
    expect(found.map(({ heldAt }) => heldAt)).toEqual(
      found
        .map(({ heldAt }) => heldAt)
        .toSorted()
        .reverse(),
    )
    expect([first.hasMore, second.hasMore, first.rows.length]).toEqual([true, false, 3])
    expect(first.rows[0]).toMatchObject({
      ...HOLD,
      conversationId: place.conversation.id,
      isConversationShown: true,
      kind: 'text',
      channelName: 'Shop',
      customer: { id: place.conversation.customerId, firstName: 'Kim' },
    })
    expect(await spam.count(place.workspace.id)).toBe(5)
  })

  it('knows whoever writes again while their conversation is open, and nobody else', async () => {
    const { spam, journal } = opened().stores
    const place = await openConversation(opened().stores)
    const { conversation, channel, workspace } = place
    const found = (await opened().stores.conversations.find([workspace.id], conversation.id))?.customer
    const key = { workspaceId: workspace.id, channelId: channel.id, sourceId: found?.sourceId ?? '' }
    await journal.appendMessage(said(place, { content: 'first' }))
    expect(await spam.sender(key, 5)).toEqual({
      customerId: conversation.customerId,
      conversationId: conversation.id,
      lacks: (['firstName', 'lastName', 'username'] as const).filter((name) => !found?.[name]),
      ...(await spam.history(conversation.customerId, 5)),
    })
    for (const other of [{ sourceId: 'else' }, { channelId: 999_999 }, { workspaceId: 999_999 }])
      expect(await spam.sender({ ...key, ...other }, 5)).toBeNull()
    const about = { workspaceIds: [workspace.id], conversationId: conversation.id, userId: workspace.user.id }
    await journal.append({ kind: 'status', ...about, status: 'closed' })
    expect(await spam.sender(key, 5)).toBeNull()
  })

  it('finds those of a workspace that are or were held, with why', async () => {
    const { spam, journal } = opened().stores
    const [mine, theirs] = [await openHeld(1), await openHeld(1)]
    const { message } = await journal.appendMessage(said(mine.place))
    const [id = ''] = mine.held
    const ask = () => spam.find(mine.place.workspace.id, [id, message.id, 'nothing', ...theirs.held])
    const found = {
      messageId: id,
      conversationId: mine.place.conversation.id,
      score: 70,
      codes: ['spam_phrase'],
    }
    expect(await ask()).toEqual([found])
    const { workspace, conversation } = mine.place
    const about = { workspaceIds: [workspace.id], conversationId: conversation.id, userId: workspace.user.id }
    await journal.append({ kind: 'release', ...about, messageId: id })
    expect(await ask()).toEqual([found])
    expect(await spam.list(workspace.id, { limit: 3 })).toEqual({ rows: [], hasMore: false })
  })

  it('says where in a thread messages are held, the newest of them', async () => {
    const { spam, journal } = opened().stores
    const { place } = await openHeld(2)
    await journal.appendMessage(said(place))
    await journal.appendMessage(said(place, { hold: HOLD }))
    expect(await spam.places(place.conversation.id, 10)).toEqual([1, 2, 4])
    expect(await spam.places(place.conversation.id, 2)).toEqual([2, 4])
    expect(await spam.places('nowhere', 2)).toEqual([])
  })

  it('tells the last of what a customer wrote, oldest first, and what is known of them', async () => {
    const { spam, journal } = opened().stores
    const { place } = await openHeld(2)
    await journal.appendMessage(said(place, { content: 'hello' }))
    const { recent, ...known } = await spam.history(place.conversation.customerId, 2)
    expect(recent.map(({ text }) => text)).toEqual(['casino 1', 'hello'])
    expect(known).toEqual({ isTrusted: false, isKnown: true })
    const nobody = { isTrusted: false, isKnown: false, recent: [] }
    expect(await spam.history(2_000_000_000, 2)).toEqual(nobody)
  })
}
