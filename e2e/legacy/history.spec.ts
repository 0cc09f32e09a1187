import { expect } from '@playwright/test'
import { Cast, INSTANT, test } from '../support/cast.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const PAGINATION_KEYS = [
  'count',
  'page_count',
  'page_size',
  'page',
  'total_pages',
  'has_next',
  'has_previous',
  'offset',
  'limit',
]

/** 60 messages with the numbers 1 to 60 in a conversation of their own. */
async function converseLong(chatId: number): Promise<string> {
  const id = await cast.converse(chatId, 'Line 1')
  await cast.writeLines(id, 2, 60)
  return id
}

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `Line ${from + index}`)

test.describe('History', () => {
  test('60 messages: the on-connect frame has 50, oldest to newest, the newest last; count=60, has_next, total_pages=2', async () => {
    const socket = await cast.chat(await converseLong(701))
    const [frame] = socket.frames
    expect(socket.history.map(({ content }) => content)).toEqual(lines(11, 60))
    expect(frame).toMatchObject({
      type: 'recent_messages',
      count: 60,
      page_count: 50,
      pagination: {
        count: 60,
        page_count: 50,
        page_size: 50,
        page: 1,
        total_pages: 2,
        has_next: true,
        has_previous: false,
        offset: 0,
        limit: 50,
      },
      timestamp: INSTANT,
    })
    expect(Object.keys(frame?.pagination as object).sort()).toEqual([...PAGINATION_KEYS].sort())
    socket.close()
  })

  test('load_more_messages {page:2,page_size:50}: the 10 oldest, ascending, has_next=false, has_previous=true', async () => {
    const socket = await cast.chat(await converseLong(702))
    const filters = { page: 2, page_size: 50 }
    expect(await socket.ask({ type: 'load_more_messages', filters }, 'recent_messages')).toMatchObject({
      count: 60,
      page_count: 10,
      pagination: { page: 2, total_pages: 2, has_next: false, has_previous: true, offset: 50 },
    })
    expect(socket.history.map(({ content }) => content)).toEqual(lines(1, 10))
    socket.close()
  })

  test('paging of get_messages: 10 without filters, 50 with null; limit, offset, and what makes no sense', async () => {
    const socket = await cast.chat(await converseLong(703))
    const cases: [filters: unknown, content: string[], pagination: object][] = [
      [undefined, lines(51, 60), { page_size: 10, page: 1 }],
      [{}, lines(51, 60), { page_size: 10, page: 1 }],
      [null, lines(11, 60), { page_size: 50 }],
      [{ limit: 3 }, lines(58, 60), { page_size: 3, limit: 3 }],
      [{ page_size: 2, limit: 3 }, lines(59, 60), { page_size: 2 }],
      [{ page: 2 }, lines(41, 50), { page: 2, offset: 10 }],
      [{ page: 3, offset: 5 }, lines(46, 55), { page: 3, offset: 5, has_previous: true }],
      [{ offset: 58 }, lines(1, 2), { page: 1, offset: 58, has_next: false }],
      [{ offset: 0 }, lines(51, 60), { has_previous: false }],
      [{ page_size: 0, page: 0 }, lines(51, 60), { page_size: 10, page: 1 }],
      [{ page_size: -4, page: 'x' }, lines(51, 60), { page_size: 10, page: 1 }],
      [{ page_size: '5' }, lines(56, 60), { page_size: 5 }],
      [{ page_size: 9_999 }, lines(1, 60), { page_size: 500, limit: 500, total_pages: 1 }],
      [{ page: 99 }, [], { page: 99, page_count: 0, has_next: false }],
    ]
    for (const [filters, content, pagination] of cases) {
      const frame = await socket.ask({ type: 'get_messages', filters }, 'recent_messages')
      const what = JSON.stringify(filters)
      expect
        .soft(
          socket.history.map((message) => message.content),
          what,
        )
        .toEqual(content)
      expect.soft(frame, what).toMatchObject({ pagination, count: 60, page_count: content.length })
    }
    const other = await cast.chat(cast.c1)
    expect(other.frames).toHaveLength(1)
    socket.close()
    other.close()
  })

  test('pages that are read one after another visit every message once, whatever is written meanwhile', async () => {
    const id = await converseLong(704)
    const socket = await cast.chat(id)
    const seen: string[] = []
    for (let page = 1; page <= 6; page++) {
      await socket.ask({ type: 'load_more_messages', filters: { page, page_size: 10 } }, 'recent_messages')
      seen.unshift(...socket.history.map(({ content }) => content))
      await cast.bot.write(cast.host, 704, `Meanwhile ${page}`)
    }
    expect(seen).toEqual(lines(1, 60))
    socket.close()
  })
})
