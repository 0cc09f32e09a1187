import { describe, expect, it } from 'vitest'
import {
  parseConversationFilter,
  parseConversationQuery,
  parseCustomerFilter,
  parseCustomerQuery,
  parseMessageQuery,
} from './filters.ts'

const set = (filter: object | null) =>
  filter &&
  Object.fromEntries(Object.entries(filter).filter(([key, value]) => value !== undefined && key !== 'order'))

const AT = '2026-03-01T08:00:00.000Z'

describe('a conversation frame', () => {
  it.each([
    [{ search: ' a ' }, { search: ' a ' }],
    [{ search: 'all' }, { search: 'all' }],
    [{ status: 'closed' }, { status: 'closed' }],
    [{ source: 'telegram' }, { source: 'telegram' }],
    [{ priority: 2 }, { priority: 2 }],
    [{ priority: '2' }, { priority: 2 }],
    [{ tags: ['A', 'B'] }, { tags: ['A', 'B'] }],
    [{ tags: 'A' }, { tags: ['A'] }],
    [
      { date_from: AT, date_to: '2026-03-01' },
      { createdFrom: AT, createdTo: '2026-03-01T00:00:00.000Z' },
    ],
    [{ date_from: '2026-03-01T11:30:00+03:30' }, { createdFrom: AT }],
    [{ date_from: '2026-03-01 08:00:00.000000' }, { createdFrom: AT }],
    [{ unread_only: true }, { isUnread: true }],
    [{ unread_only: 'yes' }, { isUnread: true }],
  ])('%j asks for %j', (given, filter) => expect(set(parseConversationFilter(given))).toEqual(filter))

  it.each(['search', 'status', 'source', 'priority', 'tags', 'date_from', 'date_to', 'unread_only'])(
    'asks for nothing by an absent %s',
    (key) => {
      const absent = [
        null,
        '',
        undefined,
        ...(key === 'search' || key === 'unread_only' ? [] : ['all']),
        ...(key === 'tags' ? [[]] : []),
      ]
      for (const value of absent) expect(set(parseConversationFilter({ [key]: value }))).toEqual({})
    },
  )

  it.each([false, 0, 'false', '0', '', null])('does not ask for the unread by %j', (unread_only) => {
    expect(set(parseConversationFilter({ unread_only }))).toEqual({})
  })

  it.each([
    { search: 5 },
    { search: 'a\u0000' },
    { status: 'open' },
    { status: 'constructor' },
    { status: ['closed'] },
    { source: 'x' },
    { priority: 'high' },
    { priority: 1.5 },
    { priority: 40_000 },
    { priority: true },
    { tags: [5] },
    { tags: ['a\u0000'] },
    { tags: { a: 1 } },
    { tags: Array.from({ length: 101 }, String) },
    { date_from: 'soon' },
    { date_from: 1_700_000_000 },
    { date_from: '2026-13-01' },
    { date_to: '0000-01-01' },
    { date_to: '9999-12-31T23:59:59-14:00' },
    { date_to: '0001-01-01T00:00:00+14:00' },
  ])('%j can match nothing', (given) =>
    expect(parseConversationFilter({ status: 'all', ...given })).toBeNull(),
  )

  it.each([
    [undefined, 'updated_at', true],
    ['priority', 'priority', false],
    ['-title', 'title', true],
    ['id', 'updated_at', true],
    ['--title', 'updated_at', true],
    [5, 'updated_at', true],
  ])('ordered by %j is ordered by %s', (order_by, by, isDescending) => {
    expect(parseConversationFilter({ order_by })?.order).toEqual({ by, isDescending })
  })
})

describe('a customer frame', () => {
  it.each([
    [{ tag_ids: [1, '2'] }, { tagIds: [1, 2] }],
    [{ tag_ids: 3 }, { tagIds: [3] }],
    [
      { has_email: 'true', has_phone: 1, has_unread: true },
      { hasEmail: true, hasPhone: true, hasUnread: true },
    ],
    [
      { has_email: 'false', has_phone: 0, has_unread: '0' },
      { hasEmail: false, hasPhone: false, hasUnread: false },
    ],
    [{ has_email: 'all', has_phone: 'x', has_unread: null }, {}],
    [{ conversation_status: 'active' }, { conversationStatus: 'active' }],
    [
      { last_activity_from: AT, last_activity_to: AT },
      { updatedFrom: AT, updatedTo: AT },
    ],
  ])('%j asks for %j', (given, filter) => expect(set(parseCustomerFilter(given))).toEqual(filter))

  it.each([
    { tag_ids: [true] },
    { tag_ids: [null] },
    { tag_ids: ['x'] },
    { tag_ids: [1.5] },
    { tag_ids: [2 ** 31] },
    { tag_ids: { a: 1 } },
    { conversation_status: 'open' },
    { last_activity_from: 'soon' },
  ])('%j can match nothing', (given) => expect(parseCustomerFilter(given)).toBeNull())

  it('is ordered by age unless it says otherwise', () => {
    expect(parseCustomerFilter({})?.order).toEqual({ by: 'created_at', isDescending: true })
    expect(parseCustomerFilter({ order_by: 'first_name' })?.order).toEqual({
      by: 'first_name',
      isDescending: false,
    })
  })
})

describe('a query', () => {
  it('of conversations looks into titles, and for exact values', () => {
    const query = { search: 'x', is_active: 'True', created_at: AT, updated_at: AT, as_of: AT, priority: '1' }
    expect(set(parseConversationQuery(query))).toEqual({
      search: 'x',
      isTitleSearch: true,
      isActive: true,
      createdAt: AT,
      updatedAt: AT,
      asOf: AT,
      priority: 1,
    })
    expect(parseConversationQuery({ ordering: '-title' })?.order).toEqual({
      by: 'updated_at',
      isDescending: true,
    })
    expect(parseConversationQuery({ as_of: 'x' })).toBeNull()
  })

  it('of customers looks into REST’s fields, and for one tag', () => {
    const query = { search: 'x', email: 'a@b.c', tag__name: 'VIP', source: 'telegram' }
    expect(set(parseCustomerQuery(query))).toEqual({
      search: 'x',
      searchIn: 'rest',
      email: 'a@b.c',
      tags: ['VIP'],
      source: 'telegram',
    })
    expect(parseCustomerQuery({ email: 'a\u0000' })).toBeNull()
  })

  it('of messages', () => {
    const query = { conversation: 'C1', type: 'AI', is_answered: 'false', is_ai_response: '1' }
    expect(set(parseMessageQuery(query))).toEqual({
      conversationId: 'C1',
      type: 'AI',
      isAnswered: false,
      isAiResponse: true,
      isDescending: true,
    })
    expect(parseMessageQuery({ ordering: 'created_at' })?.isDescending).toBe(false)
    expect(parseMessageQuery({ type: 'ai' })).toBeNull()
  })
})
