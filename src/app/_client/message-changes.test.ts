import { expect, it } from 'vitest'
import { applyEvent } from './apply-event.ts'
import { conversation, message, ownMessage } from './cast.testing.ts'
import { clientOfTest } from './client.testing.ts'
import { type ConsoleCache, emptyCache, mergeConversation, mergeThreadPage } from './console-cache.ts'
import { MessageChanges } from './message-changes.ts'
import { Store } from './store.ts'

const start = () => {
  const messages = [message(1), ownMessage(2, { content: 'old' })] as const
  const known = mergeConversation(
    emptyCache,
    conversation('maryam', { lastSeq: 2, lastMessage: messages[1] }),
  )
  const page = { messages: [...messages], hasOlder: false }
  const cache = new Store<ConsoleCache>(mergeThreadPage(known, 'maryam', page, 2))
  const { client, requests } = clientOfTest()
  const at = (seq: number) =>
    cache
      .get()
      .threads.get('maryam')
      ?.messages.find((one) => one.seq === seq)
  return {
    cache,
    requests,
    at,
    changes: new MessageChanges(client, cache),
    theirs: messages[0],
    ours: messages[1],
  }
}

it('shows an edit at once, in the thread and in the list, and then what the server made of it', async () => {
  const { cache, requests, at, changes, ours } = start()
  const edited = changes.edit(ours, 'new')
  expect(at(2)).toMatchObject({ content: 'new', editedAt: expect.any(String) })
  expect(cache.get().conversations.get('maryam')?.lastMessage?.content).toBe('new')
  expect(requests[0]).toMatchObject({ path: 'messages.edit', input: { messageId: 'm2', content: 'new' } })
  requests[0]?.answer({ ...ours, content: 'new!', editedAt: ours.createdAt })
  await edited
  expect(at(2)?.content).toBe('new!')
})

it('takes back what the server refused, and says so', async () => {
  const { requests, at, changes, ours, theirs } = start()
  const removed = changes.unsend(ours)
  expect(at(2)).toMatchObject({ content: '', deletedAt: expect.any(String) })
  requests[0]?.fail(new Error('too old'))
  await expect(removed).rejects.toThrow('too old')
  expect(at(2)).toEqual(ours)
  const reacted = changes.react(theirs, '👍')
  expect(at(1)?.extras?.reactions).toEqual([{ by: 'agent', emoji: '👍' }])
  requests[1]?.fail(new Error('no'))
  await expect(reacted).rejects.toThrow('no')
  expect(at(1)).toEqual(theirs)
})

it('lets an event that came meanwhile stand', async () => {
  const { cache, requests, at, changes, ours } = start()
  const edited = changes.edit(ours, 'new')
  const changed = { ...ours, content: 'by a colleague' }
  const event = { type: 'message.changed' as const, seq: 9, at: ours.createdAt, conversationId: 'maryam' }
  cache.set((held) => applyEvent(held, { ...event, message: changed }))
  requests[0]?.fail(new Error('no'))
  await expect(edited).rejects.toThrow('no')
  expect(at(2)?.content).toBe('by a colleague')
})

it('puts one reaction of ours on a message instead of the one before, beside the customer’s', async () => {
  const { at, changes, theirs } = start()
  const reactions = [
    { by: 'customer' as const, emoji: '😢' },
    { by: 'agent' as const, emoji: '🔥' },
  ]
  void changes.react({ ...theirs, extras: { reactions } }, '❤').catch(() => null)
  expect(at(1)?.extras?.reactions).toEqual([reactions[0], { by: 'agent', emoji: '❤' }])
})
