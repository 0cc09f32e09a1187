import { expect } from '@playwright/test'
import { z } from 'zod'
import { Cast, INSTANT, test } from '../support/cast.ts'
import type { Frame, RawSocket } from '../support/raw-socket.ts'

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
const rowsOf = (frame: Frame | undefined) => Rows.parse(frame?.customers)
const idsOf = (frame: Frame | undefined) => rowsOf(frame).map(({ id }) => id)
const show = (socket: RawSocket, filters: unknown, type = 'filter_customers') =>
  socket.askList({ type, filters }, 'customers_list')
const item = (id: number | string) => `/message/customer-item/${id}/`
const change = (id: number, body: unknown, method = 'PATCH') => cast.rest(item(id), { method, body })

test.describe('The customers’ socket', () => {
  test('a row has its keys, with tags in the plural and the conversations of this user', async () => {
    const socket = await cast.customers()
    const [frame] = socket.frames
    expect(frame).toMatchObject({
      type: 'customers_list',
      filters: {},
      count: 3,
      page_count: 3,
      timestamp: INSTANT,
    })
    const row = rowsOf(frame).find(({ id }) => id === john)
    expect(Object.keys(row ?? {}).sort()).toEqual(
      [
        'id',
        'first_name',
        'last_name',
        'username',
        'email',
        'phone_number',
        'source',
        'source_id',
        'profile_picture',
        'created_at',
        'updated_at',
        'conversations',
        'tags',
      ].sort(),
    )
    expect(row).toMatchObject({
      tags: expect.arrayContaining([{ id: gold, name: 'gold' }]),
      conversations: [{ id: cast.c1, status: 'support_active', unread_count: 1 }],
    })
    const [conversation] = z.array(z.record(z.string(), z.unknown())).parse(row?.conversations)
    expect(Object.keys(conversation ?? {}).sort()).toEqual(
      [
        'id',
        'title',
        'status',
        'source',
        'priority',
        'is_active',
        'created_at',
        'updated_at',
        'last_message',
        'unread_count',
      ].sort(),
    )
    expect(conversation?.last_message).toMatchObject({ content: 'Is anybody there?', is_ai_response: false })
    socket.close()
  })

  test('filter_customers {has_email:"true"}, "false" and "all", and the other spellings of a flag', async () => {
    const socket = await cast.customers()
    for (const key of ['has_email', 'has_phone']) {
      for (const yes of ['true', true, 1, '1'])
        expect(idsOf(await show(socket, { [key]: yes }))).toEqual([john])
      for (const no of ['false', false, 0, '0']) {
        const ids = idsOf(await show(socket, { [key]: no }))
        expect(ids).toHaveLength(2)
        expect(ids).not.toContain(john)
      }
      for (const any of ['all', '', 'x', null, [], 2])
        expect(idsOf(await show(socket, { [key]: any })), `${key} ${JSON.stringify(any)}`).toHaveLength(3)
    }
    expect(idsOf(await show(socket, { has_unread: 'true' }))).toEqual([john])
    expect(idsOf(await show(socket, { has_unread: 'false' }))).not.toContain(john)
    socket.close()
  })

  test('tag_ids and tags match any of them, each customer once', async () => {
    const socket = await cast.customers()
    expect(idsOf(await show(socket, { tag_ids: [gold] }))).toEqual([john])
    expect(idsOf(await show(socket, { tag_ids: [gold, silver] })).sort()).toEqual([john, ines].sort())
    expect(idsOf(await show(socket, { tags: ['gold', 'silver'] })).sort()).toEqual([john, ines].sort())
    expect(idsOf(await show(socket, { tags: ['nothing'] }))).toEqual([])
    socket.close()
  })

  test('source, conversation_status, dates, search and order', async () => {
    const socket = await cast.customers()
    expect(idsOf(await show(socket, { source: 'instagram' }))).toEqual([ines])
    await cast.setStatus(cast.c2, 'closed')
    expect(idsOf(await show(socket, { conversation_status: 'closed' }))).toEqual([ines])
    expect(idsOf(await show(socket, { conversation_status: 'all' }))).toHaveLength(3)
    for (const search of ['jOHN', 'doe', 'john@example', '+31 20'])
      expect(idsOf(await show(socket, { search })), search).toEqual([john])
    expect(
      idsOf(await socket.askList({ type: 'search_customers', search_term: 'ines' }, 'customers_list')),
    ).toEqual([ines])
    await cast.query(`UPDATE customer SET updated_at = '2020-06-06' WHERE id = ${ines}`)
    expect(idsOf(await show(socket, { date_to: '2020-12-31' }))).toEqual([ines])
    expect(
      idsOf(await show(socket, { last_activity_from: '2020-06-06', last_activity_to: '2020-06-07' })),
    ).toEqual([ines])
    expect(idsOf(await show(socket, { date_from: '2021-01-01' }))).not.toContain(ines)
    expect(idsOf(await show(socket, {})).at(-1)).toBe(ines)
    expect(idsOf(await show(socket, { order_by: 'created_at' }))[0]).toBe(ines)
    const names = rowsOf(await show(socket, { order_by: 'first_name' })).map((row) => row.first_name)
    expect(names).toEqual(['Ines', 'John', 'Noone'])
    expect(await show(socket, { date_from: 'yesterday' })).toMatchObject({ count: 0, customers: [] })
    expect(await show(socket, { page_size: 1, page: 2 })).toMatchObject({
      count: 3,
      page_count: 1,
      pagination: { total_pages: 3 },
    })
    socket.close()
  })

  test('get_filter_options: the keys, the three choices of each flag and the five orders', async () => {
    const socket = await cast.customers()
    const { options } = await socket.ask({ type: 'get_filter_options' }, 'filter_options')
    const choice = (value: string) => ({ value, label: expect.any(String) })
    const flags = ['true', 'false', 'all'].map(choice)
    expect(options).toEqual({
      sources: expect.arrayContaining(['telegram', 'instagram', 'unknown']),
      tags: expect.arrayContaining(['gold', 'silver']),
      conversation_statuses: expect.arrayContaining(['support_active', 'closed']),
      has_email_options: flags,
      has_phone_options: flags,
      has_unread_options: flags,
      order_options: ['-updated_at', '-created_at', 'created_at', 'first_name', '-first_name'].map(choice),
    })
    socket.close()
  })

  test('a customer is edited or deleted: the list is pushed with the connection’s own filters, to nobody else', async () => {
    await cast.converse(811, 'Hi', { first_name: 'Gone' })
    const id = await cast.customer('Gone')
    const [socket, stranger] = [await cast.customers(), await cast.customers(cast.b)]
    await show(socket, { search: 'Gone' })
    expect((await change(id, { last_name: 'Soon' })).status).toBe(200)
    await socket.until(() => JSON.stringify(socket.of('customers_list').at(-1)).includes('Soon'))
    expect(socket.of('customers_list').at(-1)).toMatchObject({ filters: { search: 'Gone' }, count: 1 })
    expect((await cast.rest(item(id), { method: 'DELETE' })).status).toBe(204)
    await socket.until(() => idsOf(socket.of('customers_list').at(-1)).length === 0)
    await stranger.ask({ type: 'ping' }, 'pong')
    expect(stranger.of('customers_list')).toHaveLength(1)
    socket.close()
    stranger.close()
  })

  test('a customer is visible iff there is a conversation: with the last one deleted they leave the list', async () => {
    const id = await cast.converse(812, 'Hi', { first_name: 'Alone' })
    const customerId = await cast.customer('Alone')
    const socket = await cast.customers()
    expect(idsOf(socket.frames[0])).toContain(customerId)
    expect((await cast.rest(`/message/conversation-item/${id}/`, { method: 'DELETE' })).status).toBe(204)
    await socket.until(() => !idsOf(socket.of('customers_list').at(-1)).includes(customerId))
    expect(await cast.customer('Alone')).toBe(0)
    socket.close()
  })
})
