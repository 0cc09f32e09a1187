import { expect } from '@playwright/test'
import { z } from 'zod'
import { Cast, conversationWith, INSTANT, newBotId, test } from '../support/cast.ts'
import type { Frame, RawSocket } from '../support/raw-socket.ts'
import { register, shareWorkspace } from '../support/rest.ts'
import { Bot } from '../support/telegram.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const Rows = z.array(z.looseObject({ id: z.string() }))
let nextChat = 7_500
const rowsOf = (frame: Frame | undefined) => Rows.parse(frame?.conversations)
const idsOf = (frame: Frame | undefined) => rowsOf(frame).map(({ id }) => id)
const show = (socket: RawSocket, filters?: unknown, type = 'get_conversations') =>
  socket.askList({ type, ...(filters !== undefined && { filters }) }, 'conversations_list')

test.describe('The list of conversations', () => {
  test('a row has every key of a conversation, and last_message null for an empty one', async () => {
    const socket = await cast.list()
    const rows = rowsOf(await show(socket))
    for (const row of rows)
      expect(Object.keys(row).sort()).toEqual(
        [
          'id',
          'title',
          'status',
          'customer',
          'priority',
          'source',
          'is_active',
          'created_at',
          'updated_at',
          'last_message',
          'unread_count',
        ].sort(),
      )
    expect(rows.find(({ id }) => id === cast.c0)).toMatchObject({ last_message: null, unread_count: 0 })
    expect(rows.find(({ id }) => id === cast.c1)).toMatchObject({
      title: 'telegram - John Doe (@john) | telegram',
      status: 'support_active',
      priority: 1,
      source: 'telegram',
      is_active: true,
      unread_count: 1,
      created_at: INSTANT,
      updated_at: INSTANT,
      last_message: {
        id: expect.any(String),
        content: 'Is anybody there?',
        type: 'customer',
        created_at: INSTANT,
        feedback: 'none',
        feedback_comment: '',
        feedback_at: null,
      },
    })
    socket.close()
  })

  test('get_conversations {status:"closed"} shows only closed, filters echoed; status:"all" shows all', async () => {
    const closed = await cast.converse(711)
    expect((await cast.setStatus(closed, 'closed')).status).toBe(200)
    const socket = await cast.list()
    const frame = await show(socket, { status: 'closed' })
    expect(idsOf(frame)).toEqual([closed])
    expect(frame).toMatchObject({
      filters: { status: 'closed' },
      count: 1,
      page_count: 1,
      timestamp: INSTANT,
    })
    for (const filters of [{ status: 'all' }, { status: '' }, {}]) {
      const all = await show(socket, filters)
      expect(all.filters).toEqual(filters)
      expect(idsOf(all)).toEqual(expect.arrayContaining([closed, cast.c1, cast.c2, cast.c0]))
    }
    socket.close()
  })

  test('filter_conversations {source:"telegram", unread_only:true}', async () => {
    const socket = await cast.list()
    const both = await show(socket, { source: 'telegram', unread_only: true }, 'filter_conversations')
    expect(idsOf(both)).toContain(cast.c1)
    for (const row of rowsOf(both)) expect(row).toMatchObject({ source: 'telegram' })
    expect(idsOf(await show(socket, { source: 'instagram' }, 'filter_conversations'))).toEqual([cast.c2])
    expect(
      idsOf(await show(socket, { source: 'instagram', unread_only: true }, 'refresh_conversations')),
    ).toEqual([])
    expect(idsOf(await show(socket, { source: 'unknown', unread_only: false }))).toEqual([cast.c0])
    socket.close()
  })

  test('{search:"john"} matches the name, and text inside a message, case-insensitive', async () => {
    const mention = await cast.converse(712, 'I know JOHN well', { first_name: 'Zoe', username: 'zoe' })
    const socket = await cast.list()
    expect(new Set(idsOf(await show(socket, { search: 'john' })))).toEqual(new Set([cast.c1, mention]))
    expect(idsOf(await show(socket, { search: 'JOHN WELL' }))).toEqual([mention])
    for (const search of ['%', '_', "'", '\\', 'no such text'])
      expect(idsOf(await show(socket, { search })), search).not.toContain(mention)
    socket.close()
  })

  test('search_conversations search_term:"john" gives the same result, and echoes filters.search', async () => {
    const socket = await cast.list()
    const same = idsOf(await show(socket, { search: 'john' }))
    const frame = await socket.askList(
      { type: 'search_conversations', search_term: 'john', filters: { status: 'closed', page_size: 1 } },
      'conversations_list',
    )
    expect(idsOf(frame)).toEqual(same)
    expect(frame.filters).toMatchObject({ search: 'john' })
    expect(frame.filters).not.toHaveProperty('status')
    for (const search_term of [5, ['john'], { a: 1 }])
      await socket.ask({ type: 'search_conversations', search_term }, 'error')
    socket.close()
  })

  test('every filter: priority, tags, dates; several at once; a value that cannot be gives an empty page, no error', async () => {
    const id = await cast.converse(713)
    await cast.query(
      `UPDATE conversation SET priority = 7, created_at = '2020-05-05T12:00:00Z' WHERE id = '${id}'`,
    )
    const socket = await cast.list()
    const only = async (filters: object) => idsOf(await show(socket, filters))
    expect(await only({ priority: 7 })).toEqual([id])
    expect(await only({ priority: '7' })).toEqual([id])
    expect(await only({ date_to: '2020-12-31' })).toEqual([id])
    expect(await only({ date_from: '2020-05-05T11:59:59Z', date_to: '2020-05-05T12:00:00Z' })).toEqual([id])
    expect(await only({ date_from: '2020-05-05T12:00:01+00:00' })).not.toContain(id)
    expect(await only({ tags: ['Telegram', 'nothing'], priority: 7 })).toEqual([id])
    expect(await only({ tags: ['nothing'] })).toEqual([])
    for (const filters of [
      { date_from: 'yesterday' },
      { priority: 'high' },
      { status: 'dancing' },
      { source: 'pigeon' },
      { search: 5 },
      { tags: [1] },
    ]) {
      const frame = await show(socket, filters)
      expect(frame, JSON.stringify(filters)).toMatchObject({
        count: 0,
        page_count: 0,
        conversations: [],
        filters,
      })
    }
    expect(socket.of('error')).toEqual([])
    socket.close()
  })

  test('order_by each of the five, both ways; anything else is -updated_at', async () => {
    const socket = await cast.list()
    const by = async (order_by: unknown, key: string) => {
      const rows = rowsOf(await show(socket, { order_by, page_size: 100 }))
      return rows.map((row) => String(row[key]))
    }
    for (const key of ['created_at', 'updated_at', 'status', 'priority', 'title']) {
      const up = await by(key, key)
      const down = await by(`-${key}`, key)
      expect([...down].reverse(), key).toEqual(up)
      if (key.endsWith('_at')) expect([...up].sort(), key).toEqual(up)
    }
    const usual = await by('-updated_at', 'id')
    for (const order_by of [undefined, '', 'id', '-seq', 5])
      expect(await by(order_by, 'id'), String(order_by)).toEqual(usual)
    socket.close()
  })

  test('paging in the URL and in the frame: the frame wins, URL values must be integers', async () => {
    const socket = await cast.list(cast.a, '&page_size=2&page=2')
    expect(socket.frames[0]).toMatchObject({ pagination: { page_size: 10, page: 1 } })
    const all = idsOf(await show(socket, { page_size: 100, page: 1 }))
    expect(idsOf(await show(socket))).toEqual(all.slice(2, 4))
    expect(await show(socket, {})).toMatchObject({
      pagination: { page_size: 2, page: 2, offset: 2, has_previous: true },
    })
    expect(idsOf(await show(socket, { page: 1 }))).toEqual(all.slice(0, 2))
    expect(idsOf(await show(socket, { offset: 1, limit: 9 }))).toEqual(all.slice(1, 3))
    const wrong = await cast.list(cast.a, '&page_size=two&limit=1.5')
    expect(await show(wrong)).toMatchObject({ pagination: { page_size: 10, page: 1 } })
    socket.close()
    wrong.close()
  })

  test('get_conversation_filter_options: the keys, and only values of A’s', async () => {
    const other = await register(cast.host, 'other')
    const bot = await Bot.connect(cast.host, other, newBotId())
    await bot.write(cast.host, 718, 'Somewhere else')
    const socket = await cast.list(other)
    await socket.until(() => idsOf(socket.of('conversations_list').at(-1)).length === 1)
    const frame = await socket.ask({ type: 'get_conversation_filter_options' }, 'conversation_filter_options')
    expect(frame).toEqual({
      type: 'conversation_filter_options',
      timestamp: INSTANT,
      options: {
        statuses: ['support_active'],
        sources: ['telegram'],
        priorities: [1],
        tags: ['Telegram'],
        order_options: [
          { value: '-updated_at', label: 'Recently Updated' },
          { value: '-created_at', label: 'Recently Created' },
          { value: 'created_at', label: 'Oldest First' },
          { value: 'title', label: 'Title A-Z' },
          { value: '-title', label: 'Title Z-A' },
          { value: 'status', label: 'Status A-Z' },
          { value: 'priority', label: 'Priority A-Z' },
        ],
      },
    })
    const mine = await cast.list()
    const own = await mine.ask({ type: 'get_conversation_filter_options' }, 'conversation_filter_options')
    expect(own.options).toMatchObject({
      sources: expect.arrayContaining(['telegram', 'instagram', 'unknown']),
      priorities: [1, 7],
    })
    socket.close()
    mine.close()
  })

  test('a frame without a type is get_conversations; filters that are no object are an error', async () => {
    const socket = await cast.list()
    expect(await socket.askList({ filters: { status: 'closed' } }, 'conversations_list')).toMatchObject({
      filters: { status: 'closed' },
    })
    for (const filters of ['x', 5, []]) await socket.ask({ type: 'get_conversations', filters }, 'error')
    expect(socket.closed).toBeNull()
    socket.close()
  })

  test('pages that are read one after another visit every conversation once, whatever opens meanwhile', async () => {
    for (const order_by of ['-created_at', 'created_at', 'title']) {
      const socket = await cast.list()
      const before = idsOf(await show(socket, { order_by, page_size: 100 }))
      const seen: string[] = []
      for (let page = 1; page <= Math.ceil(before.length / 2); page++) {
        seen.push(...idsOf(await show(socket, { order_by, page, page_size: 2 })))
        await cast.converse(nextChat++, 'Meanwhile', { first_name: `A${page}` })
      }
      expect(seen, order_by).toEqual(before)
      socket.close()
    }
  })

  test('a person of several workspaces sees the conversations of each, and enters the rooms of each', async () => {
    const colleague = await register(cast.host, 'both')
    const bot = await Bot.connect(cast.host, colleague, newBotId())
    await bot.write(cast.host, 719, 'In a workspace of their own')
    const own = await conversationWith(cast.host, colleague, 719)
    await shareWorkspace(cast.host, cast.a, colleague)
    const socket = await cast.list(colleague)
    const ids = idsOf(await show(socket, { page_size: 100 }))
    expect(ids).toEqual(expect.arrayContaining([own, cast.c1, cast.c0]))
    expect(ids).not.toContain(cast.c9)
    const rooms = [await cast.chat(own, colleague), await cast.chat(cast.c1, colleague)]
    for (const room of rooms)
      expect(await room.ask({ type: 'chat_message', content: 'in both' }, 'chat_message')).toMatchObject({
        external_send_result: { success: true },
      })
    for (const id of [own, cast.c1])
      await socket.until(() =>
        socket.of('conversation_updated').some((frame) => frame.conversation_id === id),
      )
    for (const one of [socket, ...rooms]) one.close()
  })
})
