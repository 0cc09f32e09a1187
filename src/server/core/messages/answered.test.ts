import { expect, it } from 'vitest'
import { actAs, createTestCtx, openConversation } from '../context.testing.ts'
import { sendMessage } from './send.ts'

async function open() {
  const { ctx } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const { id: conversationId } = await openConversation(anna)
  const draft = { conversationId, content: 'hello', type: 'support' as const, clientId: null }
  return { ctx, anna, draft }
}

it('quotes the message that is answered, as it is seen and no longer than it may be', async () => {
  const { anna, draft } = await open()
  const { message: first } = await sendMessage(anna, { ...draft, content: `<b>b</b>${'x'.repeat(400)}` })
  const { message } = await sendMessage(anna, { ...draft, replyToId: first.id })
  const text = `b${'x'.repeat(299)}`
  expect(message.extras).toEqual({ quote: { messageId: first.id, isOwn: true, text } })
})

it('answers no message of another conversation, of another workspace, and none that is not there', async () => {
  const { ctx, anna, draft } = await open()
  const { id: elsewhere } = await openConversation(anna)
  const omar = await actAs(ctx, 'omar')
  const { id: foreign } = await openConversation(omar)
  const { message: own } = await sendMessage(anna, { ...draft, conversationId: elsewhere })
  const { message: theirs } = await sendMessage(omar, { ...draft, conversationId: foreign })
  for (const replyToId of [own.id, theirs.id, 'nothing'])
    await expect(sendMessage(anna, { ...draft, replyToId })).rejects.toMatchObject({ code: 'not_found' })
  expect(await anna.messages.page(draft.conversationId, { limit: 10 })).toEqual([])
})
