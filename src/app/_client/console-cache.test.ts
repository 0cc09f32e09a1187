import { describe, expect, it } from 'vitest'
import type { Conversation } from '../../server/contract/conversation.ts'
import { applyEvent, unknownConversation } from './apply-event.ts'
import {
  attempted,
  conversation,
  delivery,
  message,
  ownMessage,
  second,
  sent,
  stateOf,
} from './cast.testing.ts'
import {
  type ConsoleCache,
  emptyCache,
  mergeConversation,
  mergeListPage,
  mergeThreadPage,
} from './console-cache.ts'
import { MAX_THREADS } from './limits.ts'
import { listKey, type View } from './list-cache.ts'

const filter = (view: View, search = '') => ({ view, search })
const page = (conversations: Conversation[], hasMore = false) => ({
  conversations,
  hasMore,
  counts: { open: conversations.length, unread: 0, closed: 0 },
  position: 'e:1',
})
const ids = (cache: ConsoleCache, view: View, search = '') =>
  cache.lists.get(listKey(filter(view, search)))?.ids

const maryam = conversation('maryam', { updatedAt: second(3), lastSeq: 2, lastMessage: message(2), rev: 3 })
const jonas = conversation('jonas', {
  updatedAt: second(2),
  lastMessage: message(1, { conversationId: 'jonas' }),
})
const reza = conversation('reza', { updatedAt: second(1) })
const loaded = () => mergeListPage(emptyCache, filter('open'), page([maryam, jonas, reza]), true)

describe('a message in a known conversation', () => {
  const arrival = sent(message(9, { conversationId: 'reza' }), { unreadCount: 1 })

  it('moves its row to the top with the new preview', () => {
    const next = applyEvent(loaded(), arrival)
    expect(ids(next, 'open')).toEqual(['reza', 'maryam', 'jonas'])
    expect(next.conversations.get('reza')?.lastMessage?.seq).toBe(9)
  })

  it('keeps who the customer is', () => {
    expect(applyEvent(loaded(), arrival).conversations.get('reza')?.customer.firstName).toBe('reza')
  })

  it('makes it unread, in the count as in the view', () => {
    const withUnread = mergeListPage(
      loaded(),
      filter('unread'),
      { ...page([]), counts: { open: 3, unread: 0, closed: 0 } },
      true,
    )
    const next = applyEvent(withUnread, arrival)
    expect(ids(next, 'unread')).toEqual(['reza'])
    expect(next.counts).toEqual({ open: 3, unread: 1, closed: 0 })
  })

  it('changes nothing the second time', () => {
    const once = applyEvent(loaded(), arrival)
    expect(applyEvent(once, arrival)).toBe(once)
  })

  it('enters its thread, if that is open', () => {
    const open = mergeThreadPage(
      loaded(),
      'maryam',
      { messages: [message(1), message(2)], hasOlder: false },
      2,
    )
    const next = applyEvent(open, sent(message(3)))
    expect(next.threads.get('maryam')?.messages.map(({ seq }) => seq)).toEqual([1, 2, 3])
  })
})

describe('events out of order', () => {
  it('an older state of a conversation is ignored', () => {
    const newer = applyEvent(loaded(), sent(message(5), { rev: 20, unreadCount: 2 }))
    const older = applyEvent(newer, sent(message(4), { rev: 10, unreadCount: 1 }))
    expect(older.conversations.get('maryam')).toMatchObject({ rev: 20, unreadCount: 2, lastSeq: 5 })
    expect(older.conversations.get('maryam')?.lastMessage?.seq).toBe(5)
  })

  it('a page that was read before an event does not take the event back', () => {
    const live = applyEvent(loaded(), sent(message(5), { rev: 20, unreadCount: 2 }))
    const late = mergeListPage(live, filter('open'), page([maryam, jonas, reza]), true)
    expect(late.conversations.get('maryam')).toMatchObject({ rev: 20, lastMessage: { seq: 5 } })
  })

  it('a delivery that comes before its message is not lost on the preview of another', () => {
    const before = loaded()
    expect(applyEvent(before, attempted(message(99), delivery('sent')))).toBe(before)
  })
})

describe('an unknown conversation', () => {
  const arrival = sent(message(1, { conversationId: 'leila' }))

  it('is named, so that it can be read whole', () => {
    expect(unknownConversation(loaded(), arrival)).toBe('leila')
    expect(unknownConversation(loaded(), sent(message(3)))).toBeNull()
  })

  it('puts no half-known row into the list', () => {
    expect(ids(applyEvent(loaded(), arrival), 'open')).toEqual(['maryam', 'jonas', 'reza'])
  })

  it('enters the views it belongs to once it was read', () => {
    const next = mergeConversation(loaded(), conversation('leila', { updatedAt: second(9), rev: 30 }))
    expect(ids(next, 'open')).toEqual(['leila', 'maryam', 'jonas', 'reza'])
  })

  it('does not enter the answers of a search', () => {
    const searched = mergeListPage(loaded(), filter('open', 'jon'), page([jonas]), true)
    const next = mergeConversation(searched, conversation('leila', { updatedAt: second(9) }))
    expect(ids(next, 'open', 'jon')).toEqual(['jonas'])
  })
})

describe('a conversation that is closed', () => {
  const closing = {
    type: 'conversation.changed' as const,
    seq: 40,
    at: second(20),
    conversation: stateOf({ ...jonas, status: 'closed', rev: 40, updatedAt: second(20) }),
    from: 'support_active' as const,
    to: 'closed' as const,
    userId: 1,
  }

  it('leaves the open view, enters the closed one, and is counted there', () => {
    const both = mergeListPage(
      loaded(),
      filter('closed'),
      { ...page([]), counts: { open: 3, unread: 0, closed: 0 } },
      true,
    )
    const next = applyEvent(both, closing)
    expect(ids(next, 'open')).toEqual(['maryam', 'reza'])
    expect(ids(next, 'closed')).toEqual(['jonas'])
    expect(next.counts).toEqual({ open: 2, unread: 0, closed: 1 })
  })
})

describe('paging', () => {
  it('a later page is added, each row once, and live rows keep their place', () => {
    const first = mergeListPage(emptyCache, filter('open'), page([maryam, jonas], true), true)
    const next = mergeListPage(first, filter('open'), page([jonas, reza]), false)
    expect(ids(next, 'open')).toEqual(['maryam', 'jonas', 'reza'])
  })

  it('a row below the last page that was read is left to the server', () => {
    const first = mergeListPage(emptyCache, filter('open'), page([maryam, jonas], true), true)
    const next = mergeConversation(first, conversation('old', { updatedAt: second(0) }))
    expect(ids(next, 'open')).toEqual(['maryam', 'jonas'])
  })
})

it('a delivery that fails is seen in the thread and on the row', () => {
  const own = ownMessage(3)
  const open = mergeThreadPage(loaded(), 'maryam', { messages: [own], hasOlder: false }, 3)
  const withRow = applyEvent(open, sent(own))
  const next = applyEvent(
    withRow,
    attempted(own, delivery('failed', 'Forbidden: bot was blocked by the user')),
  )
  expect(next.threads.get('maryam')?.messages[0]?.delivery?.state).toBe('failed')
  expect(next.conversations.get('maryam')?.lastMessage?.delivery?.state).toBe('failed')
})

it('only so many threads are kept, the one opened last among them', () => {
  let cache = emptyCache
  for (let index = 0; index < MAX_THREADS + 5; index++) {
    cache = mergeThreadPage(cache, `c${index}`, { messages: [], hasOlder: false }, 0)
  }
  expect(cache.threads.size).toBe(MAX_THREADS)
  expect(cache.threads.has(`c${MAX_THREADS + 4}`)).toBe(true)
})
