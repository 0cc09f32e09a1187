import { expect } from '@playwright/test'
import { z } from 'zod'
import { Cast, INSTANT, test } from '../support/cast.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const NOT_FOUND = { error: 'Conversation not found or access denied', error_code: 'CONVERSATION_NOT_FOUND' }
const _INVALID_TYPE = {
  error: 'Invalid message type. Must be "support" or "marketing"',
  error_code: 'INVALID_TYPE',
}
const INVALID_STATUS = {
  error: 'Invalid status. Must be one of: active, support_active, marketing_active, closed',
  error_code: 'INVALID_STATUS',
}
const Envelope = z.strictObject({
  count: z.number(),
  next: z.string().nullable(),
  previous: z.string().nullable(),
  results: z.array(z.looseObject({ id: z.string() })),
})

test.describe('status', () => {
  const patch = (id: string, body: unknown) =>
    cast.rest(`/message/conversation/${id}/status/`, { method: 'PATCH', body })

  test('PATCH each of the four values: 200 with old and new, from any to any; the list socket shows the new status', async () => {
    const id = await cast.converse(911)
    const [list, room] = [await cast.list(), await cast.chat(id)]
    let old_status = 'support_active'
    const statuses = ['active', 'marketing_active', 'closed', 'active', 'support_active', 'closed', 'closed']
    for (const new_status of statuses) {
      const answer = await patch(id, { status: new_status })
      expect([answer.status, answer.json]).toEqual([
        200,
        {
          status: 'success',
          message: 'Conversation status updated successfully',
          data: { conversation_id: id, old_status, new_status },
        },
      ])
      await list.until(() => {
        const rows = list.of('conversations_list').at(-1)?.conversations as { id: string; status: string }[]
        return rows.some((row) => row.id === id && row.status === new_status)
      })
      old_status = new_status
    }
    await room.ask({ type: 'ping' }, 'pong')
    expect(room.frames.map(({ type }) => type)).toEqual(['recent_messages', 'pong'])
    list.close()
    room.close()
  })

  test('bad: 400 INVALID_STATUS; absent: 400 MISSING_STATUS; other’s or missing: 404', async () => {
    for (const status of ['gone', 'Active', 5, ['closed'], { a: 1 }, true]) {
      const answer = await patch(cast.c1, { status })
      expect([answer.status, answer.json], JSON.stringify(status)).toEqual([400, INVALID_STATUS])
    }
    for (const body of [{}, { status: '' }, { status: null }]) {
      const answer = await patch(cast.c1, body)
      expect([answer.status, answer.json]).toEqual([
        400,
        { error: 'Status is required', error_code: 'MISSING_STATUS' },
      ])
    }
    for (const id of [cast.c9, 'missing']) {
      const answer = await patch(id, { status: 'closed' })
      expect([answer.status, answer.json]).toEqual([404, NOT_FOUND])
    }
    const slashless = await cast.rest(`/message/conversation/${cast.c1}/status`, {
      method: 'PATCH',
      body: { status: 'support_active' },
    })
    expect(slashless.status).toBe(200)
  })

  test('activate-all and disable-all change what is open, and say how many', async () => {
    const ids = [await cast.converse(912), await cast.converse(913)]
    await cast.setStatus(ids[1] ?? '', 'closed')
    const all = async (name: string) => {
      const answer = await cast.rest(`/message/conversations/${name}/`, { body: {} })
      expect([answer.status, answer.json]).toEqual([
        200,
        { message: expect.any(String), updated_count: expect.any(Number) },
      ])
      return (answer.json as { updated_count: number }).updated_count
    }
    const statusOf = async (id = '') =>
      ((await cast.rest(`/message/conversation-item/${id}/`)).json as { status: string }).status
    expect(await all('activate-all')).toBeGreaterThan(0)
    expect([await statusOf(ids[0]), await statusOf(ids[1])]).toEqual(['active', 'closed'])
    expect(await all('disable-all')).toBeGreaterThan(0)
    expect([await statusOf(ids[0]), await statusOf(ids[1])]).toEqual(['support_active', 'closed'])
    const theirs = await cast.rest(`/message/conversation-item/${cast.c9}/`, { as: cast.b })
    expect(theirs.json).toMatchObject({ status: 'support_active' })
  })
})

test.describe('Conversations and messages', () => {
  test('user-conversation is a bare array of all of one’s conversations', async () => {
    for (const slash of ['', '/']) {
      const answer = await cast.rest(`/message/user-conversation${slash}`)
      expect(answer.status).toBe(200)
      const rows = answer.json as { id: string }[]
      expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([cast.c1, cast.c2, cast.c0]))
      expect(rows.map(({ id }) => id)).not.toContain(cast.c9)
      const row = rows.find(({ id }) => id === cast.c1)
      expect(row).toEqual({
        id: cast.c1,
        customer: expect.objectContaining({
          first_name: 'John',
          bio: null,
          persona_data: {},
          data: {},
          tag: expect.any(Array),
          description: null,
        }),
        title: expect.any(String),
        status: 'support_active',
        is_active: true,
        source: 'telegram',
        priority: 1,
        created_at: INSTANT,
        updated_at: INSTANT,
        user: cast.a.id,
      })
    }
  })

  test('user-conversation-full: the envelope, search in titles, ordering and filters', async () => {
    const list = async (query: string) => {
      const answer = await cast.rest(`/message/user-conversation-full${query}`)
      expect(answer.status, query).toBe(200)
      return Envelope.parse(answer.json)
    }
    const idsOf = async (query: string) => (await list(query)).results.map(({ id }) => id)
    const all = await list('?page_size=500')
    expect(all).toMatchObject({ count: all.results.length, next: null, previous: null })
    expect(await idsOf('?search=JOHN')).toEqual([cast.c1])
    expect(await idsOf('?search=anybody'), 'a title has no message text').toEqual([])
    expect(await idsOf('?source=instagram')).toEqual([cast.c2])
    expect(await idsOf('?source=all&source=telegram&page_size=1')).toHaveLength(1)
    for (const row of (await list('?status=closed&page_size=500')).results)
      expect(row).toMatchObject({ status: 'closed' })
    expect(await idsOf('?is_active=false')).toEqual([])
    expect(await idsOf('?priority=2')).toEqual([])
    const times = (await list('?ordering=created_at&page_size=500')).results.map((row) =>
      String(row.created_at),
    )
    expect(times).toEqual([...times].sort())
    expect(await idsOf(`?created_at=${times[0]}`)).toHaveLength(1)
    const paged: string[] = []
    for (let query: string | null = '?page_size=2&ordering=-created_at'; query; ) {
      const { next, results, previous } = await list(query)
      if (paged.length > 0) expect(previous).toContain('page_size=2')
      paged.push(...results.map(({ id }) => id))
      query = next && new URL(next).search
    }
    expect(paged).toHaveLength(all.count)
    expect(new Set(paged)).toEqual(new Set(all.results.map(({ id }) => id)))
    const beyond = await cast.rest('/message/user-conversation-full?page=99')
    expect([beyond.status, beyond.json]).toEqual([404, { detail: 'Invalid page.' }])
  })

  test('conversation-item: 200; other’s and missing are the same 404', async () => {
    expect((await cast.rest(`/message/conversation-item/${cast.c1}/`)).json).toMatchObject({
      id: cast.c1,
      user: cast.a.id,
    })
    expect((await cast.rest(`/message/conversation-item/${cast.c1}`)).status).toBe(200)
    for (const id of [cast.c9, 'missing', 'x'.repeat(20)])
      for (const method of ['GET', 'DELETE']) {
        const answer = await cast.rest(`/message/conversation-item/${id}/`, { method })
        expect([answer.status, answer.json], `${method} ${id}`).toEqual([
          404,
          { error: 'Conversation not found' },
        ])
      }
    expect((await cast.rest(`/message/conversation-item/${cast.c9}/`, { as: cast.b })).status).toBe(200)
  })

  test('user-messages?conversation=C1&page_size=5&ordering=-created_at: count, next, previous, results (5)', async () => {
    const id = await cast.converse(921, 'Number 0')
    for (let i = 1; i < 8; i++) await cast.bot.write(cast.host, 921, `Number ${i}`)
    const read = async (query: string) => {
      const answer = await cast.rest(`/message/user-messages?conversation=${id}&${query}`)
      expect(answer.status, query).toBe(200)
      return Envelope.parse(answer.json)
    }
    const first = await read('page_size=5&ordering=-created_at')
    expect(first).toMatchObject({ count: 8, previous: null, next: expect.stringContaining('page=2') })
    expect(first.results.map(({ content }) => content)).toEqual([7, 6, 5, 4, 3].map((n) => `Number ${n}`))
    expect(Object.keys(first.results[0] ?? {})).toEqual(
      expect.arrayContaining([
        'id',
        'customer',
        'conversation',
        'type',
        'content',
        'is_ai_response',
        'is_answered',
        'metadata',
        'input_tokens',
        'output_tokens',
        'total_tokens',
        'created_at',
        'feedback',
        'feedback_comment',
        'feedback_at',
      ]),
    )
    expect(first.results[0]).toMatchObject({
      conversation: { id, user: cast.a.id },
      customer: { source_id: '921' },
    })
    const second = await read(`${new URL(first.next ?? '').search.slice(1)}`)
    expect(second.results.map(({ content }) => content)).toEqual([2, 1, 0].map((n) => `Number ${n}`))
    expect(second).toMatchObject({ next: null, previous: expect.stringContaining('page=1') })
    expect((await read('ordering=created_at')).results[0]).toMatchObject({ content: 'Number 0' })
    expect((await read('search=NUMBER 3'.replace(' ', '%20'))).count).toBe(1)
    expect((await read('type=support')).count).toBe(0)
    expect((await read('type=customer&is_answered=false')).count).toBe(8)
    expect((await read('is_ai_response=true')).count).toBe(0)
    for (const foreign of [cast.c9, 'missing'])
      expect((await cast.rest(`/message/user-messages?conversation=${foreign}`)).json).toMatchObject({
        count: 0,
        results: [],
      })
    const everything = Envelope.parse((await cast.rest('/message/user-messages?page_size=500')).json)
    expect(JSON.stringify(everything)).not.toContain(cast.c9)
  })

  test('support-answer goes the way of send-message: stored, sent and broadcast; C9 with tokA is 404, nothing stored', async () => {
    const id = await cast.converse(922)
    const room = await cast.chat(id)
    const answer = await cast.rest(`/message/support-answer/${id}/`, { body: { content: 'old spelling' } })
    expect([answer.status, answer.json]).toMatchObject([
      200,
      { content: 'old spelling', type: 'support', conversation: id, customer: expect.any(Number) },
    ])
    expect(await room.next('chat_message', 0)).toMatchObject({ message: { content: 'old spelling' } })
    await expect.poll(() => cast.telegram.textsTo(922)).toEqual(['old spelling'])
    for (const body of [{}, { content: '' }, { content: '  ' }, { content: null }, { content: 5 }]) {
      const refused = await cast.rest(`/message/support-answer/${id}/`, { body })
      expect([refused.status, refused.json], JSON.stringify(body)).toEqual([
        406,
        { content: [expect.any(String)] },
      ])
    }
    const before = await cast.query(`SELECT count(*) FROM message WHERE conversation_id = '${cast.c9}'`)
    const foreign = await cast.rest(`/message/support-answer/${cast.c9}/`, { body: { content: 'intruding' } })
    expect(foreign.status).toBe(404)
    expect(await cast.query(`SELECT count(*) FROM message WHERE conversation_id = '${cast.c9}'`)).toEqual(
      before,
    )
    room.close()
  })
})
