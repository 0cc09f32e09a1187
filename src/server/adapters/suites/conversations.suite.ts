import { describe, expect, it } from 'vitest'
import type { ListConversations } from '../../contract/conversation.ts'
import {
  answered,
  type OpenStores,
  openChannel,
  openDraft,
  openWorkspace,
  said,
  storesOf,
  times,
} from './stores.testing.ts'

const NEWEST = { order: { by: 'updated_at' as const, isDescending: true } }

/** What every store of conversations promises. */
export function describeConversations(open: OpenStores) {
  const opened = storesOf(open)
  /** A workspace with a conversation per text, each of which its customer wrote, in this order. */
  const openInbox = async (texts: string[]) => {
    const { stores } = opened()
    const workspace = await openWorkspace(stores)
    const { id: channelId } = await openChannel(stores, workspace.id)
    const ids: string[] = []
    for (const content of texts) {
      const names = { firstName: `First${content}`, lastName: 'Lee', username: null }
      const draft = openDraft({ workspaceId: workspace.id, channelId, ...names })
      const { conversation } = await stores.journal.append(draft)
      await stores.journal.appendMessage(said({ workspace, conversation }, { content }))
      ids.push(conversation.id)
    }
    return { workspace, ids }
  }
  const list = async (workspaceId: number, query: Partial<ListConversations> = {}) => {
    const { rows, hasMore } = await opened().stores.conversations.list(workspaceId, {
      view: 'open',
      limit: 40,
      ...query,
    })
    return { ids: rows.map(({ id }) => id), hasMore, last: rows.at(-1) }
  }
  const change = (workspaceId: number, userId: number) => {
    const about = { workspaceIds: [workspaceId], userId }
    const { journal } = opened().stores
    return {
      close: (conversationId: string) =>
        journal.append({ kind: 'status', ...about, conversationId, status: 'closed' }),
      read: (conversationId: string) =>
        journal.append({ kind: 'read', ...about, conversationId, upTo: null, always: false }),
    }
  }

  it('finds a conversation with its customer and last message, in its own workspaces alone', async () => {
    const { conversations, journal } = opened().stores
    const { workspace, ids } = await openInbox(['hello'])
    const place = { workspace, conversation: { id: ids[0] ?? '' } }
    const { message } = await journal.appendMessage(answered(place, { content: 'hi' }))
    const found = await conversations.find([workspace.id], place.conversation.id)
    expect(found).toMatchObject({
      workspaceId: workspace.id,
      lastSeq: 2,
      unreadCount: 1,
      lastMessage: message,
    })
    expect(found?.customer).toMatchObject({ firstName: 'Firsthello', source: 'telegram' })
    expect(found?.customer.tags).toEqual([{ id: expect.any(Number), name: 'Telegram' }])
    const other = await openWorkspace(opened().stores)
    expect(await conversations.find([other.id], place.conversation.id)).toBeNull()
    expect(await conversations.find([other.id, workspace.id], place.conversation.id)).toEqual(found)
    expect(await conversations.find([], place.conversation.id)).toBeNull()
  })

  it('has no last message where nothing was said', async () => {
    const { stores } = opened()
    const workspace = await openWorkspace(stores)
    const { id: channelId } = await openChannel(stores, workspace.id)
    const { conversation } = await stores.journal.append(openDraft({ workspaceId: workspace.id, channelId }))
    const found = await stores.conversations.find([workspace.id], conversation.id)
    expect(found).toMatchObject({ lastMessage: null, lastSeq: 0 })
  })

  describe('the list', () => {
    it('is newest activity first, in pages that neither repeat nor leave out', async () => {
      const { workspace, ids } = await openInbox(times(7, String))
      await opened().stores.journal.appendMessage(said({ workspace, conversation: { id: ids[2] ?? '' } }))
      const whole = await list(workspace.id)
      expect(whole.ids).toHaveLength(7)
      expect(whole.hasMore).toBe(false)
      expect(new Set(whole.ids)).toEqual(new Set(ids))
      const first = await list(workspace.id, { limit: 3 })
      const second = await list(workspace.id, { limit: 4, after: first.last })
      expect([...first.ids, ...second.ids]).toEqual(whole.ids)
      expect([first.hasMore, second.hasMore]).toEqual([true, false])
    })

    it('shows open, unread, closed or all, and counts them', async () => {
      const { conversations } = opened().stores
      const { workspace, ids } = await openInbox(['a', 'b', 'c', 'd'])
      const [closed = '', read = ''] = ids
      const { close, read: markRead } = change(workspace.id, workspace.user.id)
      await close(closed)
      await markRead(read)
      const lengths = async (view: ListConversations['view']) =>
        (await list(workspace.id, { view })).ids.length
      expect(await Promise.all((['open', 'unread', 'closed', 'all'] as const).map(lengths))).toEqual([
        3, 2, 1, 4,
      ])
      expect((await list(workspace.id, { view: 'closed' })).ids).toEqual([closed])
      expect((await list(workspace.id, { view: 'unread' })).ids).not.toContain(read)
      expect(await conversations.counts(workspace.id)).toEqual({ open: 3, unread: 2, closed: 1 })
    })

    it.each([
      ['a word of a message, in any case', 'ORDER'],
      ['Persian text', 'سفارش'],
      ['a first name', 'firstmy order'],
      ['a whole name', 'My Order سفارش 100% lee'],
      ['what would be a wildcard', '0%'],
    ])('is searched by %s', async (_, search) => {
      const { workspace, ids } = await openInbox(['my order سفارش 100%', 'something else'])
      expect((await list(workspace.id, { search })).ids).toEqual([ids[0]])
    })

    it('finds nothing by a wildcard, nor what is of another workspace', async () => {
      const { workspace } = await openInbox(['my order'])
      const other = await openInbox(['their secret'])
      for (const search of ['m%r', 'm_ order', 'their secret', '\\'])
        expect((await list(workspace.id, { search })).ids).toEqual([])
      expect((await list(other.workspace.id, { search: 'secret' })).ids).toEqual(other.ids)
    })
  })

  it('pages the conversations of several workspaces together', async () => {
    const { conversations } = opened().stores
    const [one, two] = [await openInbox(['a', 'b']), await openInbox(['c'])]
    await openInbox(['foreign'])
    const both = [one.workspace.id, two.workspace.id]
    const first = await conversations.page(both, NEWEST, { offset: 0, limit: 2 })
    const second = await conversations.page(both, NEWEST, { offset: 2, limit: 2 })
    const ids = [...first.rows, ...second.rows].map(({ id }) => id)
    expect(ids.toSorted()).toEqual([...one.ids, ...two.ids].toSorted())
    expect([first.total, second.total, first.rows.length]).toEqual([3, 3, 2])
    expect(await conversations.page([], NEWEST, { offset: 0, limit: 2 })).toEqual({
      rows: [],
      total: 0,
      asOf: null,
    })
  })
}
