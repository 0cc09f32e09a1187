import { expect, it } from 'vitest'
import type { LiveEvent } from '../../contract/event.ts'
import { join, openListed, say } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { sendMessage } from '../messages/send.ts'
import { requireCustomer } from './change.ts'
import { eraseCustomer, finishErasures } from './erase.ts'

async function open() {
  const { ctx, clock } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const conversation = await openListed(anna)
  const { customerId } = conversation
  const heard: LiveEvent[] = []
  ctx.bus.subscribe(`log:${anna.actor.workspaceId}`, (event) => heard.push(event as LiveEvent))
  const listed = () => anna.audit.list(anna.actor.workspaceId, { action: 'customer.erased', limit: 9 })
  return { ctx, clock, anna, conversation, customerId, heard, listed }
}

it('empties every message of a long conversation and tells everybody when it begins and ends', async () => {
  const { anna, conversation, customerId, heard } = await open()
  for (let index = 0; index < 501; index++) await say(anna, conversation, `secret ${index}`)
  heard.length = 0
  expect(await eraseCustomer(anna, { customerId })).toEqual({ messages: 501 })
  const told = { type: 'customer.erased', conversationIds: [conversation.id], customer: { firstName: null } }
  expect(heard).toMatchObject([told, told])
  const thread = await anna.messages.slice(conversation.id, { upTo: null, offset: 0, limit: 501 })
  expect(thread.messages.map(({ content }) => content).join('')).toBe('')
  expect(thread.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 501 }, (_, index) => index + 1))
})

it('is for owners and admins, and knows nothing of another workspace’s customer', async () => {
  const { ctx, anna, customerId, listed } = await open()
  const { as: agent } = await join(anna, 'bob')
  const omar = await actAs(ctx, 'omar')
  await expect(eraseCustomer(agent, { customerId })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(eraseCustomer(omar, { customerId })).rejects.toMatchObject({ code: 'not_found' })
  expect((await requireCustomer(anna, customerId)).firstName).not.toBeNull()
  expect(await listed()).toEqual([])
})

it('is written down once, without a word about whose data it was', async () => {
  const { anna, conversation, customerId, listed } = await open()
  await say(anna, conversation, 'secret')
  await eraseCustomer(anna, { customerId })
  await eraseCustomer(anna, { customerId })
  expect(await listed()).toMatchObject([{ target: `customer:${customerId}`, after: { messages: 1 } }])
  expect(JSON.stringify(await listed())).not.toMatch(/secret|Kim/)
})

it('refuses an answer to somebody who was erased', async () => {
  const { anna, conversation, customerId } = await open()
  await eraseCustomer(anna, { customerId })
  const answer = { conversationId: conversation.id, content: 'Hi', type: 'support' as const, clientId: null }
  await expect(sendMessage(anna, answer)).rejects.toMatchObject({ code: 'conflict' })
})

it('ends what a crash cut short, in the hourly round', async () => {
  const { ctx, clock, anna, conversation, customerId, listed } = await open()
  await say(anna, conversation, 'secret')
  await ctx.erasure.begin({ workspaceId: anna.actor.workspaceId, customerId }, 'erased:x')
  expect(await finishErasures(ctx, clock.now())).toBe(0)
  clock.advance(1)
  expect(await finishErasures(ctx, clock.now())).toBe(1)
  expect(await finishErasures(ctx, clock.now())).toBe(0)
  expect((await anna.messages.page(conversation.id, { limit: 9 })).map(({ content }) => content)).toEqual([
    '',
  ])
  expect(await listed()).toMatchObject([{ actor: { kind: 'system' } }])
})
