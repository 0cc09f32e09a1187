import { describe, expect, it } from 'vitest'
import { conversationOf, john, messageOf } from './legacy.testing.ts'
import {
  ExternalSendResult,
  LegacyConversation,
  LegacyCustomer,
  LegacyLastMessage,
  LegacyMessage,
  LegacyPagination,
  RestConversation,
  RestCustomer,
} from './legacy.ts'
import {
  errorFrame,
  pagination,
  parsePaging,
  toLegacyConversation,
  toLegacyCustomer,
  toLegacyLastMessage,
  toLegacyMessage,
  toRestConversation,
  toRestCustomer,
} from './legacy-shapes.ts'

describe('shapes', () => {
  it('has exactly the documented keys, no more and no fewer', () => {
    const message = messageOf()
    const conversation = conversationOf({ lastMessage: message })
    LegacyCustomer.parse(toLegacyCustomer(john))
    LegacyMessage.parse(toLegacyMessage(message, john, 0))
    LegacyLastMessage.parse(toLegacyLastMessage(message))
    LegacyConversation.parse(toLegacyConversation(conversation))
    RestCustomer.parse(toRestCustomer(john))
    RestConversation.parse(toRestConversation(conversation, 5))
  })

  it('shows a text unchanged', () => {
    expect(toLegacyMessage(messageOf(), john, 0).content).toBe('سلام 👋 <b>')
  })

  it('shows a word for a file without words, and nothing for what was taken back', () => {
    const voice = messageOf({ kind: 'voice', content: '' })
    expect(toLegacyMessage(voice, john, 0)).toMatchObject({ content: 'Voice message', message_type: 'voice' })
    const deletedAt = voice.createdAt
    expect(toLegacyLastMessage({ ...voice, deletedAt }).content).toBe('')
  })

  it('has a null last message where nothing was said', () => {
    expect(LegacyConversation.parse(toLegacyConversation(conversationOf())).last_message).toBeNull()
  })

  it('names the person who asks as the user of a REST conversation', () => {
    expect(toRestConversation(conversationOf(), 5).user).toBe(5)
  })

  it.each([
    ['customer', 3, true],
    ['customer', 4, false],
    ['support', 3, false],
    ['AI', 3, false],
    ['marketing', 3, false],
  ] as const)('of a %s message with seq %i at answered 3 says is_answered %s', (type, seq, isAnswered) => {
    expect(toLegacyMessage(messageOf({ type, seq }), john, 3).is_answered).toBe(isAnswered)
  })

  it('marks only the messages of the bot as its response', () => {
    expect(toLegacyMessage(messageOf({ type: 'AI' }), john, 0).is_ai_response).toBe(true)
    expect(toLegacyMessage(messageOf({ type: 'support' }), john, 0).is_ai_response).toBe(false)
  })

  it('carries the feedback', () => {
    const at = '2026-03-02T08:00:00.000Z'
    const given = messageOf({
      type: 'AI',
      feedback: 'negative',
      feedbackComment: 'no',
      feedbackAt: at,
    })
    const expected = { feedback: 'negative', feedback_comment: 'no', feedback_at: at }
    expect(toLegacyMessage(given, john, 0)).toMatchObject(expected)
    expect(toLegacyLastMessage(given)).toMatchObject(expected)
  })

  it('never shows the name a sender gave a message, nor its delivery', () => {
    const delivery = { state: 'failed', attempts: 1, error: 'x', nextAt: null } as const
    const shown = toLegacyMessage(messageOf({ clientId: 'secret', delivery }), john, 0)
    expect(JSON.stringify(shown)).not.toContain('secret')
    expect(shown).not.toHaveProperty('delivery')
  })
})

describe('the result of a send', () => {
  it.each([
    [{}],
    [{ success: true, message_id: 5 }],
    [{ success: false, error: 'Delivery pending', pending: true }],
  ])('may be %j', (result) => {
    expect(ExternalSendResult.safeParse(result).success).toBe(true)
  })

  it.each([[null], [{ success: false }], [{ error: 'x' }]])('may not be %j', (result) => {
    expect(ExternalSendResult.safeParse(result).success).toBe(false)
  })
})

describe('paging', () => {
  it.each([
    [{}, 1, 10, 0],
    [{ page_size: 50, limit: 20 }, 1, 50, 0],
    [{ limit: 20 }, 1, 20, 0],
    [{ page_size: 0 }, 1, 10, 0],
    [{ page_size: -1 }, 1, 10, 0],
    [{ page_size: 'many' }, 1, 10, 0],
    [{ page_size: 500 }, 1, 500, 0],
    [{ page_size: 501 }, 1, 500, 0],
    [{ page_size: '25', page: '3' }, 3, 25, 50],
    [{ page: 0 }, 1, 10, 0],
    [{ page: -2 }, 1, 10, 0],
    [{ page: 'x' }, 1, 10, 0],
    [{ page: 3, offset: 5 }, 3, 10, 5],
    [{ page: 3, offset: 0 }, 3, 10, 0],
    [{ page: 3, offset: -1 }, 3, 10, 20],
    [{ page: { a: 1 }, page_size: [], offset: Number.NaN }, 1, 10, 0],
    [{ page: 1e300 }, 1, 10, 0],
  ])('reads %j', (given, page, pageSize, offset) => {
    expect(parsePaging(given)).toEqual({ page, pageSize, offset })
  })

  it('tells what lies before and after a page', () => {
    const of = (offset: number, pageCount: number) =>
      LegacyPagination.parse(
        pagination({ count: 60, page: 1 + offset / 50, pageSize: 50, offset, pageCount }),
      )
    expect(of(0, 50)).toMatchObject({ has_next: true, has_previous: false, total_pages: 2, limit: 50 })
    expect(of(50, 10)).toMatchObject({ has_next: false, has_previous: true, page: 2, page_count: 10 })
  })

  it('has one page where there is nothing', () => {
    const nothing = pagination({ count: 0, page: 1, pageSize: 10, offset: 0, pageCount: 0 })
    expect(nothing).toMatchObject({ total_pages: 1, has_next: false, has_previous: false })
  })
})

it('says an error under both names that clients read', () => {
  expect(errorFrame('Rate limit exceeded', 'rate_limited')).toMatchObject({
    type: 'error',
    error: 'Rate limit exceeded',
    message: 'Rate limit exceeded',
    code: 'rate_limited',
  })
  expect(errorFrame('x')).not.toHaveProperty('code')
})
