import { expect } from '@playwright/test'
import { z } from 'zod'
import { Cast, test } from '../support/cast.ts'
import type { Frame } from '../support/raw-socket.ts'
import { register, shareWorkspace } from '../support/rest.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
let john: number
let ines: number
let gold: number
let silver: number
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
  john = await cast.customer('John')
  ines = await cast.customer('Ines')
  const made = await cast.rest('/message/tags', { body: { names: ['gold', 'silver'] } })
  ;[gold = 0, silver = 0] = Rows.parse(made.json).map(({ id }) => id)
  await change(john, { email: 'john@example.com', phone_number: '+31 20 123', tag_ids: [gold, silver] })
  await change(ines, { description: 'likes tea', tag_ids: [silver] })
  await cast.query(`UPDATE customer SET created_at = '2020-05-05' WHERE id = ${ines}`)
})

const Rows = z.array(z.looseObject({ id: z.number() }))
const Envelope = z.strictObject({
  count: z.number(),
  next: z.string().nullable(),
  previous: z.string().nullable(),
  results: Rows,
})
const rowsOf = (frame: Frame | undefined) => Rows.parse(frame?.customers)
const item = (id: number | string) => `/message/customer-item/${id}/`
const change = (id: number, body: unknown, method = 'PATCH') => cast.rest(item(id), { method, body })

test.describe('Customers over REST', () => {
  test('GET customers: the envelope, paging, search, ordering and filters', async () => {
    const list = async (query: string, slash = '') => {
      const answer = await cast.rest(`/message/customers${slash}${query}`)
      expect(answer.status, query).toBe(200)
      return Envelope.parse(answer.json)
    }
    const all = await list('')
    expect(all).toMatchObject({ count: 3, next: null, previous: null })
    expect(await list('', '/')).toEqual(all)
    expect(Object.keys(all.results[0] ?? {}).sort()).toEqual(
      [
        'id',
        'first_name',
        'last_name',
        'username',
        'email',
        'phone_number',
        'description',
        'source',
        'source_id',
        'profile_picture',
        'created_at',
        'updated_at',
        'tag',
        'bio',
        'persona_data',
        'data',
      ].sort(),
    )
    const first = await list('?page_size=2')
    expect(first).toMatchObject({ count: 3, previous: null })
    expect(first.results).toHaveLength(2)
    const next = new URL(first.next ?? '')
    expect(next.searchParams.get('page')).toBe('2')
    const second = await list(`${next.search}`)
    expect(second).toMatchObject({ count: 3, next: null, previous: expect.stringContaining('page=1') })
    expect([...first.results, ...second.results].map(({ id }) => id)).toEqual(all.results.map(({ id }) => id))
    expect((await list('?search=TEA')).results).toMatchObject([{ id: ines }])
    expect((await list('?search=joh')).results).toMatchObject([{ id: john }])
    expect((await list('?source=instagram')).results).toMatchObject([{ id: ines }])
    expect((await list('?email=john@example.com')).results).toMatchObject([{ id: john }])
    expect((await list('?tag__name=gold')).results).toMatchObject([{ id: john }])
    expect((await list('?ordering=created_at')).results[0]).toMatchObject({ id: ines })
    expect((await list('?ordering=-created_at')).results.at(-1)).toMatchObject({ id: ines })
    const created = String(all.results.find(({ id }) => id === john)?.created_at)
    expect((await list(`?created_at=${encodeURIComponent(created)}`)).results).toMatchObject([{ id: john }])
    for (const page of ['4', '0', '-1', 'x', '1.5']) {
      const answer = await cast.rest(`/message/customers?page=${page}&page_size=2`)
      expect([answer.status, answer.json], page).toEqual([404, { detail: 'Invalid page.' }])
    }
    expect((await list('?page_size=0')).results).toHaveLength(3)
  })

  test('GET, PUT, PATCH and DELETE customer-item, each with and without the slash; foreign and missing are one 404', async () => {
    const nina = await cast.customer('Nina', cast.b)
    const missing = { error: 'Customer not found' }
    for (const id of [String(nina), '9999999', 'x', '0', '1.5'])
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
        const body = method.startsWith('P') ? { body: { first_name: 'x' } } : {}
        const answer = await cast.rest(item(id), { method, ...body })
        expect([answer.status, answer.json], `${method} ${id}`).toMatchObject([404, missing])
      }
    const got = await cast.rest(`/message/customer-item/${ines}`)
    expect([got.status, got.json]).toMatchObject([200, { id: ines, description: 'likes tea' }])
    const body = {
      first_name: 'Inès',
      last_name: 'Ruiz',
      username: 'ines',
      phone_number: '123',
      description: 'tea, and cake',
      profile_picture: 'https://example.com/ines.png',
      email: 'ines@example.com',
    }
    const put = await change(ines, body, 'PUT')
    expect([put.status, put.json]).toMatchObject([200, { id: ines, ...body, source: 'instagram' }])
    expect((await change(ines, { data: { plan: 'pro' } })).json).toMatchObject({
      ...body,
      data: { plan: 'pro' },
    })
    const room = await cast.chat(cast.c2)
    expect(room.frames).toHaveLength(1)
    room.close()
  })

  test('field errors are 400 by field; tags of others cannot be given', async () => {
    const theirs = await cast.rest('/message/tags', { as: cast.b, body: { name: 'theirs' } })
    const tag = z.object({ id: z.number() }).parse(theirs.json).id
    for (const [body, field] of [
      [{ email: 'no address' }, 'email'],
      [{ first_name: 'x'.repeat(101) }, 'first_name'],
      [{ first_name: 5 }, 'first_name'],
      [{ description: 'nul\u0000' }, 'description'],
      [{ tag_ids: 'gold' }, 'tag_ids'],
      [{ tag_ids: [tag] }, 'tag_ids'],
      [{ profile_picture: 'not a url' }, 'profile_picture'],
    ] as const) {
      const answer = await change(john, body)
      expect([answer.status, answer.json], JSON.stringify(body)).toEqual([
        400,
        { [field]: [expect.any(String)] },
      ])
    }
    expect((await cast.rest(item(john))).json).toMatchObject({ first_name: 'John', tag: expect.any(Array) })
  })

  test('DELETE customer-item is 204, and takes the conversations and their messages along', async () => {
    const id = await cast.converse(821, 'Hi', { first_name: 'Shortlived' })
    const customerId = await cast.customer('Shortlived')
    const [room, list] = [await cast.chat(id), await cast.list()]
    const answer = await cast.rest(item(customerId).slice(0, -1), { method: 'DELETE' })
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(await room.next('conversation_deleted', 0)).toMatchObject({ conversation_id: id })
    await list.until(() => !JSON.stringify(list.of('conversations_list').at(-1)).includes(id))
    expect((await cast.rest(`/message/conversation-item/${id}/`)).status).toBe(404)
    expect(await cast.query(`SELECT 1 FROM message WHERE conversation_id = '${id}'`)).toEqual([])
    room.close()
    list.close()
  })

  test('an agent may not delete what the owner may', async () => {
    const agent = await register(cast.host, 'agent')
    await shareWorkspace(cast.host, cast.a, agent)
    for (const path of [
      item(john),
      `/message/conversation-item/${cast.c1}/`,
      `/channels/${cast.bot.channelId}/`,
    ])
      expect((await cast.rest(path, { method: 'DELETE', as: agent })).status, path).toBe(403)
    const bulk = await cast.rest('/message/customers/bulk-delete/', {
      as: agent,
      body: { customer_ids: [john] },
    })
    expect(bulk.json).not.toMatchObject({ deleted_count: 1 })
    expect((await cast.rest(item(john))).status).toBe(200)
  })

  test('bulk-export: a CSV attachment that escapes formulas; nothing found is 400', async () => {
    await change(john, {
      last_name: '=HYPERLINK("http://evil")',
      username: '+1',
      description: '@x',
      phone_number: '-5',
    })
    await change(ines, { description: 'comma, "quote"\nline' })
    const answer = await cast.rest('/message/customers/bulk-export/', {
      body: { customer_ids: [john, ines] },
    })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^text\/csv/)
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[^"]+\.csv"$/)
    expect(answer.headers['content-length'], 'sent piece by piece').toBeUndefined()
    for (const cell of ['\'=HYPERLINK(""http://evil"")', "'+1", "'@x", "'-5"])
      expect(answer.text).toContain(cell)
    expect(answer.text).not.toMatch(/(^|,)"?[=+@-]/m)
    expect(answer.text).toContain('"comma, ""quote""\nline"')
    expect(answer.text.replace(/^\ufeff/, '').split('\n')[0]).toContain('id,first_name,last_name')
    const filtered = await cast.rest('/message/customers/bulk-export?source=instagram', { body: {} })
    expect(filtered.text).toMatch(/^\d+,In.s,/m)
    expect(filtered.text).not.toContain('John')
    const nobody = await cast.rest('/message/customers/bulk-export/', { body: { customer_ids: [9_999_999] } })
    expect([nobody.status, nobody.json]).toEqual([400, { error: 'No customers found matching the criteria' }])
    const nina = await cast.customer('Nina', cast.b)
    const foreign = await cast.rest('/message/customers/bulk-export/', { body: { customer_ids: [nina] } })
    expect(foreign.status).toBe(400)
  })

  test('bulk-delete: ids; an empty list is 400 unless all:true, which keeps to the query', async () => {
    const made = [831, 832, 833]
    for (const chat of made) await cast.converse(chat, 'Hi', { first_name: 'Bulk' })
    const remove = (body: unknown, query = '') =>
      cast.rest(`/message/customers/bulk-delete/${query}`, { body })
    for (const body of [{}, { customer_ids: [] }, { customer_ids: [], all: false }]) {
      const answer = await remove(body, '?search=Bulk')
      expect([answer.status, answer.json]).toMatchObject([400, { error: expect.any(String) }])
    }
    for (const body of [{ customer_ids: 'all' }, { customer_ids: ['x'] }, { customer_ids: [], all: 'yes' }])
      expect((await remove(body)).status, JSON.stringify(body)).toBe(400)
    const nina = await cast.customer('Nina', cast.b)
    const one = await remove({ customer_ids: [await cast.customer('Bulk'), nina, 9_999_999] })
    expect([one.status, one.json]).toEqual([200, { message: expect.any(String), deleted_count: 1 }])
    expect((await remove({ customer_ids: [], all: true }, '?search=Bulk')).json).toMatchObject({
      deleted_count: 2,
    })
    expect((await cast.rest('/message/customers')).json).toMatchObject({ count: 3 })
    expect(await cast.customer('Nina', cast.b)).toBe(nina)
  })

  test('a customer that is named belongs to one workspace: B sees and changes none of A’s', async () => {
    const rows = Envelope.parse((await cast.rest('/message/customers', { as: cast.b })).json)
    expect(rows.results).toMatchObject([{ first_name: 'Nina' }])
    const socket = await cast.customers(cast.b)
    expect(rowsOf(socket.frames[0])).toHaveLength(1)
    socket.close()
  })

  test('a customer is edited: the conversations’ lists are pushed, and the next frame in the room has the new name', async () => {
    const id = await cast.converse(841, 'Hi', { first_name: 'Oldname' })
    const [room, list] = [await cast.chat(id), await cast.list()]
    expect((await change(await cast.customer('Oldname'), { first_name: 'Newname' })).status).toBe(200)
    await list.until(() => JSON.stringify(list.of('conversations_list').at(-1)).includes('Newname'))
    expect(await room.ask({ type: 'chat_message', content: 'Dear Newname' }, 'chat_message')).toMatchObject({
      message: { customer: { first_name: 'Newname' } },
    })
    room.close()
    list.close()
  })
})
