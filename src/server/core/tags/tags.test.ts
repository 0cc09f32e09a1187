import { expect, it } from 'vitest'
import { openListed } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { changeCustomer, requireCustomer } from '../customers/change.ts'
import { createTags, listTags, removeTags, renameTag, requireTag } from './tags.ts'

async function open() {
  const { ctx } = createTestCtx()
  return { anna: await actAs(ctx, 'anna'), omar: await actAs(ctx, 'omar') }
}

it('makes each name once in a workspace, and lists none that a platform set', async () => {
  const { anna, omar } = await open()
  await openListed(anna)
  const [vip] = await createTags(anna, ['VIP'])
  expect(await createTags(anna, ['VIP', 'New', 'New'])).toMatchObject([vip, { name: 'New' }])
  expect((await listTags(anna)).map(({ name }) => name).sort()).toEqual(['New', 'VIP'])
  expect(await listTags(omar)).toEqual([])
  expect((await createTags(omar, ['VIP']))[0]?.id).not.toBe(vip?.id)
})

it('renames, but not into another one’s name', async () => {
  const { anna, omar } = await open()
  const [vip] = await createTags(anna, ['VIP', 'New'])
  const id = vip?.id ?? 0
  expect(await renameTag(anna, { id, name: 'Gold' })).toEqual({ id, name: 'Gold' })
  await expect(renameTag(anna, { id, name: 'New' })).rejects.toMatchObject({ code: 'conflict' })
  await expect(renameTag(omar, { id, name: 'x' })).rejects.toMatchObject({ code: 'not_found' })
  expect(await requireTag(anna, id)).toEqual({ id, name: 'Gold' })
  await expect(requireTag(omar, id)).rejects.toMatchObject({ code: 'not_found' })
})

it('takes a tag that is removed from every customer, and none of another workspace', async () => {
  const { anna, omar } = await open()
  const { customerId } = await openListed(anna)
  const [vip] = await createTags(anna, ['VIP'])
  const [his] = await createTags(omar, ['VIP'])
  const ids = [vip?.id ?? 0, his?.id ?? 0]
  await changeCustomer(anna, { customerId, fields: {}, tagIds: ids.slice(0, 1) })
  expect(await removeTags(anna, ids)).toBe(1)
  expect((await requireCustomer(anna, customerId)).tags).toEqual([])
  expect(await listTags(omar)).toEqual([his])
  expect(await removeTags(anna, ids)).toBe(0)
})
