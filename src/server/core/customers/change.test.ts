import { expect, it } from 'vitest'
import type { LiveEvent } from '../../contract/event.ts'
import { join, openListed } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { createTags } from '../tags/tags.ts'
import { changeCustomer, deleteCustomer, MAX_DATA_LENGTH, requireCustomer } from './change.ts'

async function open() {
  const { ctx, clock } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const omar = await actAs(ctx, 'omar')
  const conversation = await openListed(anna)
  const { customerId } = conversation
  const heard: LiveEvent[] = []
  ctx.bus.subscribe(`log:${anna.actor.workspaceId}`, (event) => heard.push(event as LiveEvent))
  return { ctx, clock, anna, omar, conversation, customerId, heard }
}

it('changes what is named, leaves the rest, and tells everybody', async () => {
  const { anna, clock, customerId, conversation, heard } = await open()
  clock.advance(1_000)
  const fields = { last_name: 'Ray', phone_number: null, data: { plan: 'gold' } }
  const changed = await changeCustomer(anna, { customerId, fields, tagIds: null })
  const { firstName, tags } = conversation.customer
  expect(changed).toMatchObject({ firstName, lastName: 'Ray', data: { plan: 'gold' }, tags })
  expect(Date.parse(changed.updatedAt)).toBe(clock.now())
  expect(heard).toMatchObject([{ type: 'customer.changed', customer: { id: customerId, lastName: 'Ray' } }])
  expect(await requireCustomer(anna, customerId)).toMatchObject(changed)
})

it('replaces the tags by those of the same workspace, and by no other', async () => {
  const { anna, omar, customerId, heard } = await open()
  const [mine] = await createTags(anna, ['VIP'])
  const [his] = await createTags(omar, ['VIP'])
  const tag = (id: number | undefined) =>
    changeCustomer(anna, { customerId, fields: { last_name: 'x' }, tagIds: [id ?? 0] })
  expect((await tag(mine?.id)).tags).toEqual([mine])
  await expect(tag(his?.id)).rejects.toMatchObject({ code: 'invalid_input', cause: 'tag_ids' })
  expect(heard).toHaveLength(1)
  expect((await changeCustomer(anna, { customerId, fields: {}, tagIds: [] })).tags).toEqual([])
})

it('keeps no data that cannot be stored, nor more of it than the bound', async () => {
  const { anna, customerId, heard } = await open()
  const change = (data: Record<string, unknown>) =>
    changeCustomer(anna, { customerId, fields: { data }, tagIds: null })
  for (const data of [{ a: 'nul\0' }, { a: [{ 'half \ud800': 1 }] }])
    await expect(change(data)).rejects.toMatchObject({ code: 'invalid_input' })
  const widest = MAX_DATA_LENGTH - '{"a":""}'.length
  await expect(change({ a: 'x'.repeat(widest + 1) })).rejects.toMatchObject({ code: 'too_large' })
  expect(heard).toEqual([])
  await change({ a: 'x'.repeat(widest) })
})

it('knows nothing of another workspace’s customer', async () => {
  const { omar, customerId, heard } = await open()
  const input = { customerId, fields: { last_name: 'x' }, tagIds: null }
  await expect(requireCustomer(omar, customerId)).rejects.toMatchObject({ code: 'not_found' })
  await expect(changeCustomer(omar, input)).rejects.toMatchObject({ code: 'not_found' })
  await expect(deleteCustomer(omar, { customerId })).rejects.toMatchObject({ code: 'not_found' })
  expect(heard).toEqual([])
})

it('deletes with every conversation, if one may', async () => {
  const { anna, customerId, conversation, heard } = await open()
  const bob = await join(anna, 'bob')
  await expect(deleteCustomer(bob.as, { customerId })).rejects.toMatchObject({ code: 'forbidden' })
  await deleteCustomer(anna, { customerId })
  expect(heard).toMatchObject([{ type: 'customer.deleted', customerId, conversationIds: [conversation.id] }])
  expect(await anna.conversations.find([anna.actor.workspaceId], conversation.id)).toBeNull()
  await expect(requireCustomer(anna, customerId)).rejects.toMatchObject({ code: 'not_found' })
})
