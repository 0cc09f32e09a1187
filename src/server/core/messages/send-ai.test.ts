import { expect, it } from 'vitest'
import { openKey, openListed } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { sendBotAnswer } from './send-ai.ts'

async function open() {
  const { ctx } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const { id: conversationId } = await openListed(anna)
  const answer = {
    conversationId,
    content: ' سلام ',
    clientId: 'k1',
    metadata: { model: 'm' },
    inputTokens: 3,
    outputTokens: 4,
  }
  const thread = () => anna.messages.page(conversationId, { limit: 10 })
  return { ctx, anna, answer, thread }
}

it('stores the bot’s words, nobody’s own, to be delivered, once for a repeated client id', async () => {
  const { anna, answer, thread } = await open()
  const { as: bot } = await openKey(anna, ['ai'])
  const { message } = await sendBotAnswer(bot, answer)
  expect(message).toMatchObject({
    type: 'AI',
    content: ' سلام ',
    author: null,
    delivery: { state: 'queued' },
  })
  expect(await sendBotAnswer(bot, { ...answer, content: 'else' })).toMatchObject({ repeated: true, message })
  expect(await thread()).toEqual([message])
  const filter = { isDescending: false }
  const { rows } = await anna.messages.search([anna.actor.workspaceId], filter, { offset: 0, limit: 1 })
  expect(rows).toMatchObject([{ metadata: { model: 'm' }, inputTokens: 3, outputTokens: 4 }])
})

it('splits a long answer, and says what the bot said of it once', async () => {
  const { anna, answer, thread } = await open()
  const { as: bot } = await openKey(anna, ['ai'])
  const content = 'word '.repeat(1_000)
  const { message } = await sendBotAnswer(bot, { ...answer, content })
  await sendBotAnswer(bot, { ...answer, content })
  expect((await thread()).map(({ id, clientId }) => [id === message.id, clientId])).toEqual([
    [true, 'k1'],
    [false, 'k1:2'],
  ])
  const filter = { isDescending: false }
  const { rows } = await anna.messages.search([anna.actor.workspaceId], filter, { offset: 0, limit: 5 })
  expect(rows.map(({ inputTokens }) => inputTokens)).toEqual([3, 0])
})

it('takes a client id for each key’s own', async () => {
  const { anna, answer, thread } = await open()
  for (const { as } of [await openKey(anna, ['ai']), await openKey(anna, ['ai'])])
    await sendBotAnswer(as, answer)
  expect(await thread()).toHaveLength(2)
})

it('is for keys with the scope alone, in their workspace alone', async () => {
  const { ctx, anna, answer, thread } = await open()
  const reader = (await openKey(anna, ['read', 'messages'])).as
  const elsewhere = (await openKey(await actAs(ctx, 'omar'), ['ai'])).as
  const refused: [MemberCtx, string][] = [
    [anna, 'forbidden'],
    [reader, 'forbidden'],
    [elsewhere, 'not_found'],
  ]
  for (const [who, code] of refused) await expect(sendBotAnswer(who, answer)).rejects.toMatchObject({ code })
  expect(await thread()).toEqual([])
})

it.each(['', ' \n', 'a\u0000b', 'half \ud83d'])('refuses the text %j', async (content) => {
  const { anna, answer, thread } = await open()
  const { as: bot } = await openKey(anna, ['ai'])
  await expect(sendBotAnswer(bot, { ...answer, content })).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await thread()).toEqual([])
})
