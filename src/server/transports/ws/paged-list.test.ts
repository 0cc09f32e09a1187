import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openListed, type Person, say } from '../../core/cast.testing.ts'
import { setStatus } from '../../core/conversations/set-status.ts'
import { changeCustomer, deleteCustomer } from '../../core/customers/change.ts'
import { sendMessage } from '../../core/messages/send.ts'
import type { ServerFrame } from './raw-client.testing.ts'
import { CONVERSATIONS, CUSTOMERS, startRaw } from './raw-server.testing.ts'

let server: Awaited<ReturnType<typeof startRaw>>
let anna: Person
beforeAll(async () => {
  server = await startRaw()
})
beforeEach(async () => {
  anna = await server.enter(`anna${server.ctx.ids.short()}`)
})
afterAll(() => server.close())

const open = async (count: number) => {
  const made = []
  for (let index = 0; index < count; index++) {
    server.clock.advance(1)
    made.push(await openListed(anna.as))
  }
  return made
}
const send = (conversationId: string, content: string) =>
  sendMessage(anna.as, { conversationId, content, type: 'support', clientId: null })
const rowsOf = (frame: ServerFrame | undefined) =>
  (frame?.conversations ?? frame?.customers) as {
    id: string
    unread_count: number
    last_message: { content: string } | null
  }[]
const connect = async (path: string) => {
  const client = await server.connect(path, anna)
  const list = path.startsWith(CUSTOMERS) ? 'customers_list' : 'conversations_list'
  return { client, list }
}

describe('paging', () => {
  it('in the URL counts from the first question on, and the frame’s own wins', async () => {
    await open(12)
    const client = await server.connect(`${CONVERSATIONS}?page_size=3&page=2&offset=x&limit=1.5`, anna)
    expect(client.frames[0]).toMatchObject({ filters: {}, page_count: 10, count: 12 })
    const asked = await client.ask({}, 'conversations_list')
    expect(asked.pagination).toEqual({
      count: 12,
      page_count: 3,
      page_size: 3,
      page: 2,
      total_pages: 4,
      has_next: true,
      has_previous: true,
      offset: 3,
      limit: 3,
    })
    expect(asked.filters).toEqual({ page_size: 3, page: 2 })
    const own = await client.ask({ filters: { page: 3, page_size: 5 } }, 'conversations_list')
    expect(own).toMatchObject({ page_count: 2, pagination: { page: 3, has_next: false, offset: 10 } })
    await client.close()
  })

  it('follows the first list that came by itself', async () => {
    const made = await open(12)
    const { client, list } = await connect(CONVERSATIONS)
    await open(2)
    const second = await client.ask({ filters: { page: 2 } }, list)
    expect(rowsOf(second).map(({ id }) => id)).toEqual([made[1]?.id, made[0]?.id])
    await client.close()
  })

  it('follows the list that was pushed last', async () => {
    const made = await open(12)
    const { client, list } = await connect(CONVERSATIONS)
    const [, newest] = await open(2)
    await changeCustomer(anna.as, { customerId: newest?.customerId ?? 0, fields: {}, tagIds: null })
    await client.next(list)
    const second = await client.ask({ filters: { page: 2 } }, list)
    expect(rowsOf(second).map(({ id }) => id)).toEqual(
      made
        .slice(0, 4)
        .reverse()
        .map(({ id }) => id),
    )
    await client.close()
  })
})

describe('filters', () => {
  it('that match nothing are an empty page, not an error', async () => {
    await open(1)
    const { client, list } = await connect(CONVERSATIONS)
    for (const filters of [
      { date_from: 'soon' },
      { status: 'open' },
      { priority: 'high' },
      { tags: [5] },
      { search: 'a\u0000' },
    ])
      expect(await client.ask({ type: 'filter_conversations', filters }, list)).toMatchObject({
        count: 0,
        filters,
        conversations: [],
      })
    await client.close()
  })

  it('are dropped by a search, and keep for the pushes that follow', async () => {
    const [one, two] = await open(2)
    await send(one?.id ?? '', 'About the زعفران')
    const { client, list } = await connect(CONVERSATIONS)
    await client.ask({ filters: { status: 'closed' } }, list)
    const found = await client.ask(
      { type: 'search_conversations', search_term: 'زعفران', filters: { status: 'closed' } },
      list,
    )
    expect(found).toMatchObject({ count: 1, filters: { search: 'زعفران' } })
    await send(two?.id ?? '', 'Nothing of the kind')
    expect(await client.next(list)).toMatchObject({ count: 1, filters: { search: 'زعفران' } })
    await client.close()
  })

  it('offers what occurs', async () => {
    await open(1)
    const { client } = await connect(CONVERSATIONS)
    const { options } = await client.ask(
      { type: 'get_conversation_filter_options' },
      'conversation_filter_options',
    )
    expect(options).toMatchObject({ statuses: ['support_active'], sources: ['telegram'], priorities: [1] })
    const order = (options as { order_options: { value: string; label: string }[] }).order_options
    expect(order.map(({ value }) => value)).toEqual([
      '-updated_at',
      '-created_at',
      'created_at',
      'title',
      '-title',
      'status',
      'priority',
    ])
    await client.close()
    const customers = await connect(CUSTOMERS)
    const { options: of } = await customers.client.ask({ type: 'get_filter_options' }, 'filter_options')
    expect(of).toMatchObject({ sources: ['telegram'], conversation_statuses: ['support_active'] })
    expect(
      (of as { has_email_options: { value: string }[] }).has_email_options.map(({ value }) => value),
    ).toEqual(['true', 'false', 'all'])
    await customers.client.close()
  })
})

describe('pushes', () => {
  it('come after the frames that name what changed', async () => {
    const [one] = await open(1)
    if (!one) throw new Error('none')
    const { client, list } = await connect(CONVERSATIONS)
    await say(anna.as, one, 'Where is my parcel?')
    const pushed = await client.next(list)
    expect(rowsOf(pushed)[0]).toMatchObject({
      id: one.id,
      unread_count: 1,
      last_message: { content: 'Where is my parcel?' },
    })
    expect(client.frames.slice(1).map(({ type }) => type)).toEqual([
      'new_customer_message',
      'conversation_updated',
      list,
    ])
    expect(client.of('new_customer_message')).toMatchObject([
      { conversation_id: one.id, message: 'Where is my parcel?' },
    ])
    await send(one.id, 'On its way')
    await client.next(list)
    await setStatus(anna.as, { conversationId: one.id, status: 'closed' })
    expect(rowsOf(await client.next(list))[0]).toMatchObject({ status: 'closed' })
    expect(client.of('conversation_updated')).toHaveLength(3)
    expect(client.of('new_customer_message')).toHaveLength(1)
    await client.close()
  })

  it('of a burst of messages are few, and the last one is the truth', async () => {
    const [one] = await open(1)
    if (!one) throw new Error('none')
    const { client, list } = await connect(CONVERSATIONS)
    for (let index = 1; index <= 100; index++) await send(one.id, `message ${index}`)
    const isThere = () => rowsOf(client.of(list).at(-1))[0]?.last_message?.content === 'message 100'
    await client.until(isThere, 'the last message')
    expect(client.of(list).length).toBeLessThanOrEqual(5)
    expect(client.of('conversation_updated').length).toBeLessThanOrEqual(5)
    await client.close()
  })

  it('come to those it concerns alone', async () => {
    const [one] = await open(1)
    const omar = await server.enter('omar')
    const [his, hers] = [await server.connect(CONVERSATIONS, omar), await connect(CONVERSATIONS)]
    await send(one?.id ?? '', 'hello')
    await hers.client.next(hers.list)
    await his.flush()
    expect(his.frames.map(({ type }) => type)).toEqual(['conversations_list', 'pong'])
    await Promise.all([his.close(), hers.client.close()])
  })

  it('of customers come when one is changed or deleted, not when one writes', async () => {
    const [one, two] = await open(2)
    if (!one || !two) throw new Error('none')
    const { client, list } = await connect(CUSTOMERS)
    await say(anna.as, one, 'hello')
    await client.flush()
    expect(client.of(list)).toHaveLength(1)
    await changeCustomer(anna.as, {
      customerId: one.customerId,
      fields: { email: 'kim@example.com' },
      tagIds: null,
    })
    const row = rowsOf(await client.next(list)).find(({ id }) => String(id) === String(one.customerId))
    expect(row).toMatchObject({ email: 'kim@example.com', conversations: [{ id: one.id, unread_count: 1 }] })
    await deleteCustomer(anna.as, { customerId: two.customerId })
    expect(await client.next(list)).toMatchObject({ count: 1 })
    await client.close()
  })
})

it('says so where the store fails, and serves the next question', async () => {
  await open(1)
  const { client, list } = await connect(CONVERSATIONS)
  const { page, options } = server.ctx.conversations
  const fail = () => Promise.reject(new Error('connect postgres://user:hunter2@db'))
  Object.assign(server.ctx.conversations, { page: fail, options: fail })
  expect(await client.ask({}, 'error')).toMatchObject({ error: 'Failed to load conversations' })
  expect(await client.ask({ type: 'get_conversation_filter_options' }, 'error')).toMatchObject({
    error: 'Failed to load conversation filter options',
  })
  Object.assign(server.ctx.conversations, { page, options })
  expect(await client.ask({}, list)).toMatchObject({ count: 1 })
  await client.close()
})
