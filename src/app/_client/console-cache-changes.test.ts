import { describe, expect, it } from 'vitest'
import type { Message } from '../../server/contract/message.ts'
import { applyEvent, unknownConversation } from './apply-event.ts'
import { conversation, message, second } from './cast.testing.ts'
import {
  type ConsoleCache,
  emptyCache,
  mergeConversation,
  mergeListPage,
  mergeThreadPage,
  putCustomer,
} from './console-cache.ts'
import { MAX_DELETED } from './limits.ts'
import { type ListFilter, listKey } from './list-cache.ts'

const OPEN: ListFilter = { view: 'open', search: '' }
const idsOf = (cache: ConsoleCache) => cache.lists.get(listKey(OPEN))?.ids

const maryam = conversation('maryam', { updatedAt: second(3), lastSeq: 2, lastMessage: message(2), rev: 3 })
const jonas = conversation('jonas', { updatedAt: second(2) })
const reza = conversation('reza', { updatedAt: second(1) })
const loaded = () => {
  const conversations = [maryam, jonas, reza]
  const counts = { open: 3, unread: 0, closed: 0 }
  return mergeListPage(emptyCache, OPEN, { conversations, hasMore: false, counts, position: 'e:1' }, true)
}

describe('a conversation that is deleted', () => {
  const deletion = (conversationId: string) => ({
    type: 'conversation.deleted' as const,
    seq: 50,
    at: second(20),
    conversationId,
    customerId: 7,
  })
  const open = () =>
    mergeThreadPage(loaded(), 'maryam', { messages: [message(1), message(2)], hasOlder: false }, 2)

  it('leaves the lists, its thread and the counts, and is known to be gone', () => {
    const next = applyEvent(open(), deletion('maryam'))
    expect(idsOf(next)).toEqual(['jonas', 'reza'])
    expect(next.conversations.has('maryam')).toBe(false)
    expect(next.threads.has('maryam')).toBe(false)
    expect(next.counts).toEqual({ open: 2, unread: 0, closed: 0 })
    expect([...next.deleted]).toEqual(['maryam'])
  })

  it('takes no other with it', () => {
    const next = applyEvent(open(), deletion('jonas'))
    expect(next.threads.has('maryam')).toBe(true)
    expect(idsOf(next)).toEqual(['maryam', 'reza'])
  })

  it('changes nothing the second time', () => {
    const once = applyEvent(open(), deletion('maryam'))
    expect(applyEvent(once, deletion('maryam'))).toBe(once)
  })

  it('is not asked for again', () => {
    expect(unknownConversation(loaded(), deletion('leila'))).toBeNull()
  })

  it('is remembered, but only so many are', () => {
    let cache = loaded()
    for (let index = 0; index <= MAX_DELETED; index++) cache = applyEvent(cache, deletion(`gone${index}`))
    expect(cache.deleted.size).toBe(MAX_DELETED)
    expect(cache.deleted.has(`gone${MAX_DELETED}`)).toBe(true)
    expect(cache.deleted.has('gone0')).toBe(false)
  })

  it('goes with its customer, who takes all of theirs along', () => {
    const next = applyEvent(open(), {
      type: 'customer.deleted',
      seq: 51,
      at: second(21),
      customerId: 7,
      conversationIds: ['maryam', 'reza', 'never-seen'],
    })
    expect(idsOf(next)).toEqual(['jonas'])
    expect(next.counts?.open).toBe(1)
    expect([...next.deleted]).toEqual(['maryam', 'reza', 'never-seen'])
  })
})

describe('a customer who is changed', () => {
  const change = (firstName: string, updatedAt: string, id = 7) => ({
    type: 'customer.changed' as const,
    seq: 60,
    at: updatedAt,
    customer: { ...maryam.customer, id, firstName, updatedAt },
  })
  const nameOf = (cache: ConsoleCache, id: string) => cache.conversations.get(id)?.customer.firstName

  it('has the new name in each of their conversations, which keep their places', () => {
    const next = applyEvent(loaded(), change('Maryam', second(30)))
    expect([nameOf(next, 'maryam'), nameOf(next, 'jonas')]).toEqual(['Maryam', 'Maryam'])
    expect(idsOf(next)).toEqual(['maryam', 'jonas', 'reza'])
  })

  it('changes nobody else', () => {
    const before = loaded()
    expect(applyEvent(before, change('Omar', second(30), 8))).toBe(before)
  })

  it('changes nothing the second time', () => {
    const once = applyEvent(loaded(), change('Maryam', second(30)))
    expect(applyEvent(once, change('Maryam', second(30)))).toBe(once)
  })

  it('does not get an old name back from an answer or a page that is late', () => {
    const next = applyEvent(loaded(), change('Maryam', second(30)))
    expect(putCustomer(next, change('Mariam', second(29)).customer)).toBe(next)
    expect(nameOf(mergeConversation(next, { ...maryam, rev: 99 }), 'maryam')).toBe('Maryam')
  })
})

describe('an answer of the bot that is rated', () => {
  const answer = message(2, { type: 'AI' })
  const rated = (change: Partial<Message> = {}) => ({
    type: 'message.rated' as const,
    seq: 70,
    at: second(30),
    conversationId: 'maryam',
    message: { ...answer, feedback: 'negative' as const, feedbackAt: second(30), ...change },
  })
  const open = () =>
    mergeThreadPage(loaded(), 'maryam', { messages: [message(1), answer], hasOlder: false }, 2)

  it('has its rating in the thread, and only the rating is taken', () => {
    const event = rated({ feedbackComment: 'Wrong price', content: 'older words' })
    const shown = applyEvent(open(), event).threads.get('maryam')?.messages[1]
    expect(shown).toMatchObject({ feedback: 'negative', feedbackComment: 'Wrong price' })
    expect(shown?.content).toBe(answer.content)
  })

  it('changes nothing the second time', () => {
    const once = applyEvent(open(), rated())
    expect(applyEvent(once, rated())).toBe(once)
  })

  it('changes nothing where its thread or the message is not held', () => {
    const list = loaded()
    expect(applyEvent(list, rated())).toBe(list)
    const thread = open()
    expect(applyEvent(thread, rated({ id: 'm99' }))).toBe(thread)
    expect(unknownConversation(loaded(), rated())).toBeNull()
  })
})
