import { expect, it } from 'vitest'
import { actAs, createTestCtx, openConversation } from '../../core/context.testing.ts'
import type { MemberCtx } from '../../core/context.ts'
import { createKey } from '../../core/keys/keys.ts'
import { sendBotAnswer } from '../../core/messages/send-ai.ts'
import { appRouter } from './router.ts'

const callerOf = (core: MemberCtx) =>
  appRouter.createCaller({
    authenticate: async () => core,
    base: core,
    address: '',
    connectionId: 'test',
    signal: undefined,
  })

/** Anna, who owns a shop and works in it, and also belongs to Omar's. */
async function open() {
  const { ctx } = createTestCtx()
  const omar = await actAs(ctx, 'omar')
  const owner = await actAs(ctx, 'anna')
  const workspaces = [...owner.actor.workspaces, ...omar.actor.workspaces]
  const anna: MemberCtx = { ...owner, actor: { ...owner.actor, workspaces } }
  const [hers, his] = [await openConversation(owner), await openConversation(omar)]
  return { anna, omar, hers, his }
}

const asAgent = (core: MemberCtx): MemberCtx => {
  const workspaces = core.actor.workspaces.map((one) => ({ ...one, role: 'agent' as const }))
  return { ...core, actor: { ...core.actor, workspaces } }
}

it('changes the named fields of a customer, and empties those that are null', async () => {
  const { anna, hers } = await open()
  const caller = callerOf(anna)
  const customerId = hers.customerId
  await caller.customers.update({ customerId, email: 'kim@example.com', phoneNumber: '+49 30 1' })
  const tags = await caller.tags.create({ names: [' VIP '] })
  const changed = await caller.customers.update({
    customerId,
    phoneNumber: null,
    tagIds: tags.map(({ id }) => id),
  })
  expect(changed).toMatchObject({ email: 'kim@example.com', phoneNumber: null })
  expect(changed.tags.map(({ name }) => name)).toEqual(['VIP'])
})

it('refuses what is no address, no phone number, or too much', async () => {
  const { anna, hers } = await open()
  const update = (change: object) =>
    callerOf(anna).customers.update({ customerId: hers.customerId, ...change })
  for (const change of [
    { email: 'kim@' },
    { email: '' },
    { phoneNumber: 'after six' },
    { firstName: 'x'.repeat(101) },
  ])
    await expect(update(change), JSON.stringify(change)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

it('reaches nothing of the other workspaces of the member', async () => {
  const { anna, omar, his } = await open()
  const [theirs] = await callerOf(omar).tags.create({ names: ['Theirs'] })
  const caller = callerOf(anna)
  expect(theirs).toBeDefined()
  expect(await caller.tags.list()).toEqual([])
  const missing = { code: 'NOT_FOUND' }
  await expect(caller.customers.update({ customerId: his.customerId, firstName: 'x' })).rejects.toMatchObject(
    missing,
  )
  await expect(caller.conversations.delete({ conversationId: his.id })).rejects.toMatchObject(missing)
  await expect(callerOf(omar).conversations.get({ conversationId: his.id })).resolves.toBeDefined()
})

it('lets owners delete a conversation, and no agent', async () => {
  const { anna, hers } = await open()
  const input = { conversationId: hers.id }
  await expect(callerOf(asAgent(anna)).conversations.delete(input)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  expect(await callerOf(anna).conversations.delete(input)).toEqual(input)
  await expect(callerOf(anna).conversations.get(input)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

it('rates an answer of the bot, takes the rating back, and rates nobody else’s', async () => {
  const { anna, hers } = await open()
  const { id } = await createKey(anna, { name: 'bot', scopes: ['ai'] })
  const bot: MemberCtx = { ...anna, actor: { ...anna.actor, key: { id, scopes: ['ai'] } } }
  const draft = { conversationId: hers.id, clientId: null, metadata: {}, inputTokens: 0, outputTokens: 0 }
  const { message } = await sendBotAnswer(bot, { ...draft, content: 'In three days' })
  const caller = callerOf(asAgent(anna))
  const bad = { messageId: message.id, feedback: 'negative' as const, comment: 'Five' }
  expect(await caller.messages.rate(bad)).toMatchObject({ feedback: 'negative', feedbackComment: 'Five' })
  expect(await caller.messages.rate({ messageId: message.id, feedback: 'none' })).toMatchObject({
    feedback: 'none',
    feedbackComment: '',
  })
  const own = await caller.messages.send({ conversationId: hers.id, clientId: 'c1', content: 'Hi' })
  await expect(caller.messages.rate({ messageId: own.id, feedback: 'positive' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  await expect(caller.messages.rate({ ...bad, comment: 'x'.repeat(501) })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
})
