import { expect } from '@playwright/test'
import { z } from 'zod'
import { Cast, newBotId, test } from '../support/cast.ts'

test.describe.configure({ mode: 'default' })

const MANY = 700

let cast: Cast
let prefix: string
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
  prefix = `M${(newBotId() % 36 ** 4).toString(36)}`
  // All of one instant: whatever sorts them by time alone repeats some and skips others.
  await cast.query(
    `WITH w AS (SELECT workspace_id FROM conversation WHERE id = '${cast.c1}'),
          k AS (INSERT INTO customer (workspace_id, source, source_id, first_name)
                SELECT workspace_id, 'unknown', '${prefix}' || n, 'Many ' || n FROM w, generate_series(1, ${MANY}) n
                RETURNING id, workspace_id, source_id)
     INSERT INTO conversation (id, workspace_id, customer_id, title, status, source)
     SELECT source_id, workspace_id, id, 'Many', 'support_active', 'unknown' FROM k`,
  )
})

const Envelope = z.object({
  count: z.number(),
  next: z.string().nullable(),
  results: z.array(z.looseObject({ id: z.union([z.string(), z.number()]) })),
})
const Rows = z.array(z.looseObject({ id: z.string() }))

/** Follows `next` to the end. */
async function readAll(path: string): Promise<(string | number)[]> {
  const ids: (string | number)[] = []
  for (let query: string | null = '?page_size=150'; query; ) {
    const page = Envelope.parse((await cast.rest(`${path}${query}`)).json)
    ids.push(...page.results.map(({ id }) => id))
    query = page.next && new URL(page.next).search
  }
  return ids
}

test.describe('Many rows of one moment', () => {
  test('user-conversation holds them all, each once', async () => {
    const ids = Rows.parse((await cast.rest('/message/user-conversation')).json).map(({ id }) => id)
    expect(ids).toHaveLength(MANY + 3)
    expect(new Set(ids).size).toBe(MANY + 3)
  })

  test('the pages of REST visit each once, also while others come in', async () => {
    for (const path of ['/message/user-conversation-full', '/message/customers']) {
      const reading = readAll(path)
      await cast.converse(newBotId(), 'Meanwhile')
      const ids = await reading
      expect(new Set(ids).size, path).toBe(ids.length)
      expect(ids.length, path).toBeGreaterThanOrEqual(MANY + 3)
    }
  })

  test('the pages of the sockets visit each once, in every order', async () => {
    const socket = await cast.list()
    for (const order_by of ['-updated_at', 'created_at', 'title', '-status', 'priority']) {
      const seen: string[] = []
      for (let page = 1; page <= 3; page++) {
        const filters = { order_by, page, page_size: 250, search: 'Many' }
        const frame = await socket.askList({ type: 'get_conversations', filters }, 'conversations_list')
        expect(frame).toMatchObject({ count: MANY, filters })
        seen.push(...Rows.parse(frame.conversations).map(({ id }) => id))
      }
      expect(new Set(seen).size, order_by).toBe(MANY)
    }
    socket.close()
  })

  test('a page holds at most 500', async () => {
    const socket = await cast.list()
    const filters = { page_size: 9_999 }
    const frame = await socket.askList({ type: 'get_conversations', filters }, 'conversations_list')
    expect(frame).toMatchObject({
      page_count: 500,
      pagination: { page_size: 500, limit: 500, total_pages: 2 },
    })
    const answer = await cast.rest('/message/user-conversation-full?page_size=9999')
    expect(Envelope.parse(answer.json).results).toHaveLength(500)
    socket.close()
  })

  test('an export has a line for each, and disable-all and activate-all reach them all', async () => {
    const answer = await cast.rest('/message/customers/bulk-export/?search=Many', { body: {} })
    expect(answer.text.trim().split('\n')).toHaveLength(MANY + 1)
    const activated = await cast.rest('/message/conversations/activate-all/', { body: {} })
    expect((activated.json as { updated_count: number }).updated_count).toBeGreaterThanOrEqual(MANY)
    const none = await cast.rest('/message/conversations/activate-all/', { body: {} })
    expect(none.json).toMatchObject({ updated_count: 0 })
    const disabled = await cast.rest('/message/conversations/disable-all/', { body: {} })
    expect(disabled.json).toMatchObject({
      updated_count: (activated.json as { updated_count: number }).updated_count,
    })
  })

  test('bulk-delete with all:true removes those that the query matches, and no other', async () => {
    const answer = await cast.rest('/message/customers/bulk-delete/?search=Many', {
      body: { customer_ids: [], all: true },
    })
    expect([answer.status, answer.json]).toMatchObject([200, { deleted_count: MANY }])
    expect(await cast.query(`SELECT 1 FROM conversation WHERE id LIKE '${prefix}%'`)).toEqual([])
    expect((await cast.rest(`/message/conversation-item/${cast.c1}/`)).status).toBe(200)
  })
})
