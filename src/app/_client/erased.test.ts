import { expect, it } from 'vitest'
import { applyEvent, unknownConversation } from './apply-event.ts'
import { conversation, delivery, message, ownMessage, second } from './cast.testing.ts'
import { emptyCache, mergeListPage, mergeThreadPage } from './console-cache.ts'
import { listKey } from './list-cache.ts'

const answer = ownMessage(2, { clientId: 'c-1', delivery: delivery('failed', 'Kim blocked the bot') })
const kim = conversation('maryam', { lastSeq: 2, lastMessage: answer, rev: 3, unreadCount: 1 })
const page = {
  conversations: [kim],
  hasMore: false,
  counts: { open: 1, unread: 1, closed: 0 },
  position: 'e:1',
}
const FIND = { view: 'open', search: 'Kim' } as const
const loaded = () => {
  const listed = mergeListPage(emptyCache, { view: 'open', search: '' }, page, true)
  const found = mergeListPage(listed, FIND, page, true)
  return mergeThreadPage(found, 'maryam', { messages: [message(1), answer], hasOlder: false }, 2)
}
const { firstName: _, ...rest } = kim.customer
const erasure = {
  type: 'customer.erased' as const,
  seq: 50,
  at: second(20),
  conversationIds: ['maryam'],
  customer: { ...rest, firstName: null, sourceId: 'erased:1', erasedAt: second(20) },
}

it('empties what was said in its place', () => {
  const { messages = [] } = applyEvent(loaded(), erasure).threads.get('maryam') ?? {}
  expect(messages.map(({ seq, content, deletedAt }) => [seq, content, deletedAt])).toEqual([
    [1, '', second(20)],
    [2, '', second(20)],
  ])
  expect(JSON.stringify(messages)).not.toMatch(/Kim|c-1/)
})

it('forgets who it was, closes the conversation, and lets no search find it', () => {
  const cache = applyEvent(loaded(), erasure)
  expect(cache.conversations.get('maryam')).toMatchObject({
    title: '',
    status: 'closed',
    unreadCount: 0,
    rev: 50,
    customer: { firstName: null, erasedAt: second(20) },
    lastMessage: { content: '' },
  })
  expect(cache.lists.get(listKey(FIND))?.ids).toEqual([])
  expect(cache.counts).toEqual({ open: 0, unread: 0, closed: 1 })
})

it('brings nothing into view that was not held', () => {
  expect(applyEvent(emptyCache, erasure)).toEqual(emptyCache)
  expect(unknownConversation(emptyCache, erasure)).toBeNull()
})
