import { expect, it } from 'vitest'
import type { CustomerFilter } from '../../contract/filters.ts'
import { openListed, say } from '../cast.testing.ts'
import { actAs, createTestCtx, openChannel } from '../context.testing.ts'
import { deleteConversation } from '../conversations/delete.ts'
import { changeCustomer } from './change.ts'
import { customerOptions, pageCustomers, pageCustomersWithConversations } from './page.ts'

const BY_NAME: CustomerFilter = { order: { by: 'first_name', isDescending: false } }
const PAGE = { offset: 0, limit: 10 }

async function open() {
  const { ctx, clock } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const [kim, lee] = [await openListed(anna, 'a'), await openListed(anna, 'b')]
  return { ctx, clock, anna, kim, lee }
}

it('shows each customer with their conversations, the latest activity first', async () => {
  const { anna, clock, kim, lee } = await open()
  clock.advance(1_000)
  await say(anna, lee, 'hello')
  const { rows, total, asOf } = await pageCustomersWithConversations(anna, BY_NAME, PAGE)
  expect(rows.map(({ id }) => id)).toEqual([kim.customerId, lee.customerId])
  expect(rows[1]?.conversations).toMatchObject([
    { id: lee.id, unreadCount: 1, lastMessage: { content: 'hello' } },
  ])
  expect([total, asOf]).toEqual([2, lee.customer.createdAt])
})

it('shows nobody who has no conversation, nor anybody of another workspace', async () => {
  const { ctx, anna, kim, lee } = await open()
  await deleteConversation(anna, { conversationId: lee.id })
  expect((await pageCustomers(anna, BY_NAME, PAGE)).rows.map(({ id }) => id)).toEqual([kim.customerId])
  const omar = await actAs(ctx, 'omar')
  await openChannel(omar)
  expect(await pageCustomers(omar, BY_NAME, PAGE)).toEqual({ rows: [], total: 0, asOf: null })
  expect(await customerOptions(omar)).toEqual({ sources: [], tags: [], conversationStatuses: [] })
})

it('answers nothing to a filter that can match nothing', async () => {
  const { anna } = await open()
  expect(await pageCustomers(anna, null, PAGE)).toEqual({ rows: [], total: 0, asOf: null })
  expect((await pageCustomersWithConversations(anna, null, PAGE)).rows).toEqual([])
})

it('finds by what is known of a customer', async () => {
  const { anna, kim, lee } = await open()
  await changeCustomer(anna, { customerId: kim.customerId, fields: { email: 'kim@example.com' }, tagIds: [] })
  await say(anna, lee, 'hello')
  const found = async (filter: Partial<CustomerFilter>) =>
    (await pageCustomers(anna, { ...BY_NAME, ...filter }, PAGE)).rows.map(({ id }) => id)
  expect(await found({ hasEmail: true })).toEqual([kim.customerId])
  expect(await found({ hasEmail: false })).toEqual([lee.customerId])
  expect(await found({ hasUnread: true })).toEqual([lee.customerId])
  expect(await found({ tags: ['Telegram'] })).toEqual([lee.customerId])
  expect(await found({ search: 'KIM@' })).toEqual([kim.customerId])
  expect(await found({ search: 'KIM@', searchIn: 'rest' })).toEqual([])
  expect(await found({ conversationStatus: 'closed' })).toEqual([])
  expect(await customerOptions(anna)).toMatchObject({
    sources: ['telegram'],
    conversationStatuses: ['support_active'],
  })
})
