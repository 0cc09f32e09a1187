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

it('takes the longest text, counted in code points, in as many messages as the channel needs', async () => {
  const { anna, draft } = await open()
  const content = '🙂'.repeat(MAX_CONSOLE_CONTENT)
  const { message } = await sendMessage(anna, { ...draft, content })
  const thread = await anna.messages.page(draft.conversationId, { limit: 50 })
  expect(thread[0]).toEqual(message)
  expect(thread.map((part) => part.content).join('')).toBe(content)
  expect(thread.map((part) => part.content.length)).toEqual([4_096, 4_096, 4_096, 4_096, 3_616])
  expect(thread.every(({ delivery }) => delivery?.state === 'queued')).toBe(true)
})

it('splits a text the same way however often it is repeated, and ends what was cut short', async () => {
  const { anna, draft } = await open()
  const content = 'word '.repeat(1_000)
  const append = anna.journal.appendMessage
  let stored = 0
  anna.journal.appendMessage = async (part) => {
    if (++stored === 2) throw new Error('the server stopped')
    return append(part)
  }
  await expect(sendMessage(anna, { ...draft, content, clientId: 'c1' })).rejects.toThrow('stopped')
  anna.journal.appendMessage = append
  const again = await sendMessage(anna, { ...draft, content, clientId: 'c1' })
  expect(again).toMatchObject({ repeated: true, message: { seq: 1, clientId: 'c1' } })
  await sendMessage(anna, { ...draft, content, clientId: 'c1' })
  const thread = await anna.messages.page(draft.conversationId, { limit: 50 })
  expect(thread.map(({ clientId }) => clientId)).toEqual(['c1', 'c1:2'])
  expect(thread.map((part) => part.content).join(' ')).toBe(content.trim())
})

it('names the parts of a text apart however long its own name is', async () => {
  const { anna, draft } = await open()
  const names = ['x'.repeat(64), `${'x'.repeat(63)}y`]
  for (const clientId of names) await sendMessage(anna, { ...draft, content: 'a '.repeat(3_000), clientId })
  const thread = await anna.messages.page(draft.conversationId, { limit: 50 })
  const ids = thread.map(({ clientId }) => clientId ?? '')
  expect(new Set(ids).size).toBe(4)
  expect(ids.every((id) => id.length <= 64)).toBe(true)
})

it('knows no conversation of another workspace, nor one that is not there', async () => {
  const { ctx, anna, draft } = await open()
  const omar = await actAs(ctx, 'omar')
  await expect(sendMessage(omar, draft)).rejects.toMatchObject({ code: 'not_found' })
  const nowhere = { ...draft, conversationId: 'nowhere' }
  await expect(sendMessage(anna, nowhere)).rejects.toMatchObject({ code: 'not_found' })
  expect((await sendMessage(anna, draft)).message.seq).toBe(1)
})
