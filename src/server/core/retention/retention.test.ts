import { expect, it } from 'vitest'
import { join, openListed, say } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { setStatus } from '../conversations/set-status.ts'
import { applyRetention, getRetention, previewRetention, setRetention } from './retention.ts'

const DAY = 86_400_000

/** Two closed conversations, one of them old, and an old one that is open. */
async function open() {
  const { ctx, clock } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const close = async ({ id }: { id: string }) => setStatus(anna, { conversationId: id, status: 'closed' })
  const [old, stillOpen] = [await openListed(anna), await openListed(anna)]
  await say(anna, old, 'one')
  await say(anna, old, 'two')
  await close(old)
  clock.advance(40 * DAY)
  const young = await openListed(anna)
  await close(young)
  const there = async (id: string) => (await anna.conversations.find([anna.actor.workspaceId], id)) !== null
  const left = async () => [await there(old.id), await there(stillOpen.id), await there(young.id)]
  const listed = (action: 'retention.changed' | 'retention.applied') =>
    anna.audit.list(anna.actor.workspaceId, { action, limit: 9 })
  return { ctx, clock, anna, old, close, left, listed }
}

it('keeps everything until an owner says otherwise', async () => {
  const { ctx, anna, left } = await open()
  expect(await getRetention(anna)).toEqual({ days: null })
  await applyRetention(ctx)
  expect(await left()).toEqual([true, true, true])
})

it('shows what would go, and that is what goes', async () => {
  const { ctx, anna, left, listed } = await open()
  const preview = await previewRetention(anna, { days: 30 })
  expect(preview).toMatchObject({ conversations: 1, messages: 2, customers: 1, ofConversations: 3 })
  expect(preview.oldest).toBe(preview.newest)
  await setRetention(anna, { days: 30 })
  expect(await left()).toEqual([true, true, true])
  await applyRetention(ctx)
  expect(await left()).toEqual([false, true, true])
  const counts = { conversations: 1, messages: 2, customers: 1 }
  expect(await listed('retention.applied')).toMatchObject([
    { actor: { kind: 'system' }, after: { days: 30, ...counts } },
  ])
  await applyRetention(ctx)
  expect(await listed('retention.applied')).toHaveLength(1)
})

it('never touches what was opened again or written to lately', async () => {
  const { ctx, anna, old, close, left } = await open()
  await setRetention(anna, { days: 30 })
  await say(anna, old, 'three')
  await applyRetention(ctx)
  await close(old)
  await applyRetention(ctx)
  expect(await left()).toEqual([true, true, true])
})

it('goes on beyond one group, and stops where the round is ending', async () => {
  const { ctx, clock, anna, close } = await open()
  for (let index = 0; index < 25; index++) await close(await openListed(anna))
  clock.advance(40 * DAY)
  await setRetention(anna, { days: 30 })
  await applyRetention(ctx, () => true)
  const count = async () => (await previewRetention(anna, { days: 30 })).conversations
  expect(await count()).toBe(27)
  await applyRetention(ctx)
  expect(await count()).toBe(0)
})

it('is decided by owners, and the decision is written down', async () => {
  const { anna, listed } = await open()
  const { as: admin } = await join(anna, 'cleo', 'admin')
  const refused = { code: 'forbidden' }
  await expect(getRetention(admin)).rejects.toMatchObject(refused)
  await expect(previewRetention(admin, { days: 30 })).rejects.toMatchObject(refused)
  await expect(setRetention(admin, { days: 30 })).rejects.toMatchObject(refused)
  await setRetention(anna, { days: 90 })
  await setRetention(anna, { days: 90 })
  expect(await listed('retention.changed')).toMatchObject([{ before: { days: null }, after: { days: 90 } }])
})
