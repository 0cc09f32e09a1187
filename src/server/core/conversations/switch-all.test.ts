import { expect, it } from 'vitest'
import { openListed } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { setStatus } from './set-status.ts'
import { switchAll } from './switch-all.ts'

async function openAll(member: MemberCtx) {
  const ids: Record<string, string> = {}
  for (const status of ['active', 'support_active', 'marketing_active', 'closed'] as const) {
    const { id } = await openListed(member)
    ids[status] = id
    await setStatus(member, { conversationId: id, status })
  }
  const statuses = async () => {
    const found = Object.values(ids).map((id) => member.conversations.find([member.actor.workspaceId], id))
    return (await Promise.all(found)).map((conversation) => conversation?.status)
  }
  return { ids, statuses }
}

it('hands those that people answer to the bot, and back, and no other', async () => {
  const { ctx } = createTestCtx()
  const [anna, omar] = [await actAs(ctx, 'anna'), await actAs(ctx, 'omar')]
  const [hers, his] = [await openAll(anna), await openAll(omar)]
  expect(await switchAll(anna, { toBot: true })).toBe(1)
  expect(await hers.statuses()).toEqual(['active', 'active', 'marketing_active', 'closed'])
  expect(await switchAll(anna, { toBot: false })).toBe(2)
  expect(await hers.statuses()).toEqual(['support_active', 'support_active', 'marketing_active', 'closed'])
  expect(await switchAll(anna, { toBot: false })).toBe(0)
  expect(await his.statuses()).toEqual(['active', 'support_active', 'marketing_active', 'closed'])
})

it('counts each once, also beyond one group', async () => {
  const { ctx } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  for (let index = 0; index < 501; index++) await openListed(anna)
  expect(await switchAll(anna, { toBot: true })).toBe(501)
})
