import { expect, it } from 'vitest'
import { MAX_CONSOLE_CONTENT } from '../../contract/limits.ts'
import { actAs, createTestCtx, openConversation } from '../context.testing.ts'
import { sendMessage } from './send.ts'

async function open() {
  const { ctx } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const { id: conversationId } = await openConversation(anna)
  const hints: string[] = []
  for (const topic of ['deliveries', `log:${anna.actor.workspaceId}`]) {
    ctx.bus.subscribe(topic, () => hints.push(topic))
  }
  const draft = { conversationId, content: 'hello', type: 'support' as const, clientId: null }
  return { ctx, anna, draft, hints }
}

it('stores the message as it was written, by its author, to be delivered', async () => {
  const { anna, draft } = await open()
  const content = ' \u200cسلام\n'
  const { message, event } = await sendMessage(anna, { ...draft, content, clientId: 'c1' })
  const author = { userId: anna.actor.userId, name: 'anna' }
  expect(message).toMatchObject({ content, author, clientId: 'c1', type: 'support', seq: 1 })
  expect(message.delivery).toMatchObject({ state: 'queued' })
  expect(event).toMatchObject({ type: 'message.sent', message })
  expect(await anna.messages.page(draft.conversationId, { limit: 10 })).toEqual([message])
})

it('tells the log’s listeners and wakes the outbox, once for a repeated client id', async () => {
  const { anna, draft, hints } = await open()
  const first = await sendMessage(anna, { ...draft, clientId: 'c1' })
  const told = [`log:${anna.actor.workspaceId}`, 'deliveries']
  expect(hints).toEqual(told)
  const again = await sendMessage(anna, { ...draft, clientId: 'c1', content: 'other' })
  expect(again).toMatchObject({ repeated: true, message: first.message })
  expect(hints.filter((topic) => topic.startsWith('log:'))).toHaveLength(1)
})

it.each(['stopped', 'gone'])('does not wake the outbox where the channel is %s', async (how) => {
  const { anna, draft, hints } = await open()
  const [channel] = await anna.channels.list([anna.actor.workspaceId])
  if (how === 'gone') await anna.channels.remove([anna.actor.workspaceId], channel?.id ?? 0)
  else await anna.channels.stop(channel?.id ?? 0, 'revoked')
  const { delivery } = (await sendMessage(anna, draft)).message
  expect(delivery).toMatchObject(
    how === 'gone' ? { state: 'failed' } : { state: 'queued', next: 'reconnection' },
  )
  expect(hints).not.toContain('deliveries')
})

it.each([
  ['nothing', ''],
  ['white space alone', ' \n\t\u2003'],
  ['NUL', 'a\u0000b'],
  ['half a surrogate pair', 'a\ud83d'],
  ['one character too many', '🙂'.repeat(MAX_CONSOLE_CONTENT + 1)],
])('refuses %s, and stores nothing', async (_, content) => {
  const { anna, draft, hints } = await open()
  await expect(sendMessage(anna, { ...draft, content })).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await anna.messages.page(draft.conversationId, { limit: 10 })).toEqual([])
  expect(hints).toEqual([])
})

it('takes the longest text, counted in code points', async () => {
  const { anna, draft } = await open()
  const content = '🙂'.repeat(MAX_CONSOLE_CONTENT)
  expect((await sendMessage(anna, { ...draft, content })).message.content).toBe(content)
})

it('knows no conversation of another workspace, nor one that is not there', async () => {
  const { ctx, anna, draft } = await open()
  const omar = await actAs(ctx, 'omar')
  await expect(sendMessage(omar, draft)).rejects.toMatchObject({ code: 'not_found' })
  const nowhere = { ...draft, conversationId: 'nowhere' }
  await expect(sendMessage(anna, nowhere)).rejects.toMatchObject({ code: 'not_found' })
  expect((await sendMessage(anna, draft)).message.seq).toBe(1)
})
