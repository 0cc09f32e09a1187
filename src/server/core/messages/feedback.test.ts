import { expect, it } from 'vitest'
import type { LiveEvent } from '../../contract/event.ts'
import { answerAsBot, openListed, say } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { submitFeedback } from './feedback.ts'

async function open() {
  const { ctx, clock } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const conversation = await openListed(anna)
  const { id: messageId } = await answerAsBot(anna, conversation.id, 'I am the bot')
  const heard: LiveEvent[] = []
  ctx.bus.subscribe(`log:${anna.actor.workspaceId}`, (event) => heard.push(event as LiveEvent))
  const rating = { messageId, feedback: 'positive' as const, comment: 'good' }
  return { ctx, clock, anna, conversation, rating, heard }
}

it('rates an answer of the bot, again and again, and tells everybody', async () => {
  const { anna, clock, rating, heard } = await open()
  const rated = await submitFeedback(anna, rating)
  expect(rated).toMatchObject({ feedback: 'positive', feedbackComment: 'good' })
  expect(Date.parse(rated.feedbackAt ?? '')).toBe(clock.now())
  expect(await submitFeedback(anna, { ...rating, feedback: 'none', comment: '' })).toMatchObject({
    feedback: 'none',
  })
  expect(heard.map(({ type }) => type)).toEqual(['message.rated', 'message.rated'])
  expect(heard[0]).toMatchObject({ message: rated })
})

it('rates nothing that a person or a customer wrote', async () => {
  const { anna, conversation, rating, heard } = await open()
  const { id: messageId } = await say(anna, conversation, 'hello')
  heard.length = 0
  await expect(submitFeedback(anna, { ...rating, messageId })).rejects.toMatchObject({
    code: 'invalid_input',
  })
  expect(heard).toEqual([])
})

it('finds nothing of another workspace, of another conversation, or that is not there', async () => {
  const { ctx, anna, rating, heard } = await open()
  const omar = await actAs(ctx, 'omar')
  const { id: conversationId } = await openListed(anna)
  const wrong = [
    submitFeedback(omar, rating),
    submitFeedback(anna, { ...rating, conversationId }),
    submitFeedback(anna, { ...rating, messageId: 'nowhere' }),
  ]
  for (const one of wrong) await expect(one).rejects.toMatchObject({ code: 'not_found' })
  expect(heard).toEqual([])
})
