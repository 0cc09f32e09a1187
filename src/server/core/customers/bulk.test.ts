import { expect, it } from 'vitest'
import type { CustomerFilter } from '../../contract/filters.ts'
import { join, openListed } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { deleteCustomers, exportCustomers, type Selection } from './bulk.ts'
import { pageCustomers } from './page.ts'

const ALL: CustomerFilter = { order: { by: 'created_at', isDescending: true } }

async function open(count: number) {
  const { ctx } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const ids: number[] = []
  for (let index = 0; index < count; index++) ids.push((await openListed(anna)).customerId)
  return { ctx, anna, ids }
}
const count = async (member: MemberCtx) => (await pageCustomers(member, ALL, { offset: 0, limit: 1 })).total
const exported = async (member: MemberCtx, selection: Selection) => {
  const sizes: number[] = []
  const ids: number[] = []
  for await (const group of exportCustomers(member, selection)) {
    sizes.push(group.length)
    ids.push(...group.map(({ id }) => id))
  }
  return { sizes, ids }
}

it('deletes those named, as far as they are one’s own', async () => {
  const { ctx, anna, ids } = await open(3)
  const omar = await actAs(ctx, 'omar')
  const his = (await openListed(omar)).customerId
  const selection = { ids: [...ids.slice(0, 2), his, 999_999], filter: ALL }
  expect(await deleteCustomers(anna, selection)).toBe(2)
  expect([await count(anna), await count(omar)]).toEqual([1, 1])
})

it('deletes all that match, beyond one group, each once', async () => {
  const { anna } = await open(201)
  expect(await deleteCustomers(anna, { ids: null, filter: { ...ALL, source: 'instagram' } })).toBe(0)
  expect(await deleteCustomers(anna, { ids: null, filter: ALL })).toBe(201)
  expect(await count(anna)).toBe(0)
})

it('deletes in those workspaces alone in which one may', async () => {
  const { anna, ids } = await open(1)
  const { as: bob } = await join(anna, 'bob')
  const own = bob.actor.workspaces.find(({ role }) => role === 'owner')?.id ?? 0
  const atHome = { ...bob, actor: { ...bob.actor, workspaceId: own } }
  await openListed(atHome)
  expect(await deleteCustomers(bob, { ids: null, filter: ALL })).toBe(1)
  expect(await count(anna)).toBe(1)
  const agentOnly = {
    ...bob,
    actor: { ...bob.actor, workspaces: bob.actor.workspaces.filter(({ id }) => id !== own) },
  }
  await expect(deleteCustomers(agentOnly, { ids, filter: ALL })).rejects.toMatchObject({ code: 'forbidden' })
})

it('exports in groups, ascending, only one’s own', async () => {
  const { ctx, anna, ids } = await open(201)
  const omar = await actAs(ctx, 'omar')
  expect(await exported(anna, { ids: null, filter: ALL })).toEqual({ sizes: [200, 1], ids })
  expect(await exported(omar, { ids, filter: ALL })).toEqual({ sizes: [], ids: [] })
  expect((await exported(anna, { ids: ids.slice(5, 7), filter: ALL })).ids).toEqual(ids.slice(5, 7))
})
