import { expect, it } from 'vitest'
import { type OpenStores, openConversation, openWorkspace, storesOf } from './stores.testing.ts'

/** What every store of tags promises. */
export function describeTags(open: OpenStores) {
  const opened = storesOf(open)

  it('makes those that are missing, answers those that exist, and lists them by name', async () => {
    const { tags } = opened().stores
    const { id } = await openWorkspace(opened().stores)
    const [vip] = await tags.create(id, ['vip'])
    const both = await tags.create(id, ['vip', 'late', 'late'])
    expect(both).toEqual([vip, { id: expect.any(Number), name: 'late' }])
    expect((await tags.list([id])).map(({ name }) => name)).toEqual(['late', 'vip'])
    const other = await openWorkspace(opened().stores)
    expect(await tags.list([other.id])).toEqual([])
    expect(await tags.create(other.id, ['vip'])).not.toEqual([vip])
  })

  it('renames one of its own workspace, and not to a name that is taken', async () => {
    const { tags } = opened().stores
    const [mine, theirs] = [await openWorkspace(opened().stores), await openWorkspace(opened().stores)]
    const [vip, late] = await tags.create(mine.id, ['vip', 'late'])
    const id = vip?.id ?? 0
    expect(await tags.rename([theirs.id], id, 'new')).toBeNull()
    expect(await tags.rename([mine.id], id, 'new')).toEqual({ id, name: 'new' })
    expect(await tags.rename([mine.id], id, 'new')).toEqual({ id, name: 'new' })
    await expect(tags.rename([mine.id], late?.id ?? 0, 'new')).rejects.toMatchObject({ code: 'conflict' })
  })

  it('removes those of its own workspace, from customers too', async () => {
    const { tags, conversations } = opened().stores
    const [mine, theirs] = [await openConversation(opened().stores), await openConversation(opened().stores)]
    const [own] = await tags.list([mine.workspace.id])
    const [foreign] = await tags.list([theirs.workspace.id])
    const ids = [own?.id ?? 0, foreign?.id ?? 0]
    expect(await tags.remove([mine.workspace.id], ids)).toBe(1)
    const tagsOf = async ({ workspace, conversation }: typeof mine) =>
      (await conversations.find([workspace.id], conversation.id))?.customer.tags
    expect([await tagsOf(mine), await tagsOf(theirs)]).toEqual([[], [foreign]])
  })
}
