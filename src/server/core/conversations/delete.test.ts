import { expect, it } from 'vitest'
import type { LiveEvent } from '../../contract/event.ts'
import { answerAsBot, join, openListed, say } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { sendMessage } from '../messages/send.ts'
import { deleteConversation } from './delete.ts'

async function open() {
  const { ctx, state } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const { workspaceId } = anna.actor
  const conversation = await openListed(anna, 'kim')
  const heard: LiveEvent[] = []
  ctx.bus.subscribe(`log:${workspaceId}`, (event) => heard.push(event as LiveEvent))
  return { ctx, state, anna, workspaceId, conversation, heard, input: { conversationId: conversation.id } }
}

it('takes the messages and what was queued along, and tells everybody', async () => {
  const { anna, workspaceId, conversation, heard, input } = await open()
  const { id } = await say(anna, conversation, 'hello')
  await sendMessage(anna, { ...input, content: 'hi', type: 'support', clientId: null })
  await answerAsBot(anna, conversation.id, 'I am the bot')
  await deleteConversation(anna, input)
  expect(heard.at(-1)).toMatchObject({
    type: 'conversation.deleted',
    conversationId: conversation.id,
    customerId: conversation.customerId,
  })
  expect(await anna.conversations.find([workspaceId], conversation.id)).toBeNull()
  expect(await anna.messages.find([workspaceId], id)).toBeNull()
  expect(await anna.deliveries.claim(10, 1_000)).toEqual([])
})

it('leaves the customer’s channel free for a new conversation', async () => {
  const { anna, conversation, input } = await open()
  await deleteConversation(anna, input)
  expect((await openListed(anna, 'kim')).id).not.toBe(conversation.id)
})

it('is for owners and admins, and for admins of that very workspace', async () => {
  const { anna, workspaceId, heard, input } = await open()
  const [agent, admin] = [await join(anna, 'bob'), await join(anna, 'omar', 'admin')]
  await expect(deleteConversation(agent.as, input)).rejects.toMatchObject({ code: 'forbidden' })
  expect(await anna.conversations.find([workspaceId], input.conversationId)).not.toBeNull()
  expect(heard).toEqual([])
  await deleteConversation(admin.as, input)
  expect(heard).toHaveLength(1)
})

it('knows nothing of another workspace’s, nor of one that is gone', async () => {
  const { ctx, anna, input } = await open()
  const omar = await actAs(ctx, 'omar')
  await expect(deleteConversation(omar, input)).rejects.toMatchObject({ code: 'not_found' })
  await deleteConversation(anna, input)
  await expect(deleteConversation(anna, input)).rejects.toMatchObject({ code: 'not_found' })
})
