import { describe, expect, it, vi } from 'vitest'
import type { Conversation } from '../../server/contract/conversation.ts'
import { attempted, conversation, delivery, message, ownMessage, second, sent } from './cast.testing.ts'
import { clientOfTest } from './client.testing.ts'
import { emptyCache } from './console-cache.ts'
import { GAP_PAGE } from './limits.ts'
import { FIRST_LIST, Loader } from './loader.ts'
import { Store } from './store.ts'

const listPage = (conversations: Conversation[]) => ({
  conversations,
  hasMore: false,
  counts: { open: conversations.length, unread: 0, closed: 0 },
  position: 'e:7',
})
const maryam = (lastSeq = 2) => conversation('maryam', { lastSeq, updatedAt: second(lastSeq), rev: lastSeq })

const startLoader = async (open = [maryam()]) => {
  const { client, requests } = clientOfTest()
  const cache = new Store(emptyCache)
  const loader = new Loader(client, cache)
  const next = (path: string) =>
    vi.waitFor(() => {
      const index = requests.findIndex((request) => request.path === path)
      const [request] = index < 0 ? [] : requests.splice(index, 1)
      if (!request) throw new Error(`no request to ${path} yet`)
      return request
    })
  const begin = async () => {
    const loaded = loader.list(FIRST_LIST)
    ;(await next('conversations.list')).answer(listPage(open))
    return loaded
  }
  const seqs = () =>
    cache
      .get()
      .threads.get('maryam')
      ?.messages.map(({ seq }) => seq)
  return { loader, cache, requests, next, begin, seqs }
}

describe('before the first list has said where the feed begins', () => {
  it('nothing else is read, so that no change can fall between', async () => {
    const { loader, requests, next, begin } = await startLoader()
    const thread = loader.thread('maryam')
    expect(requests.map(({ path }) => path)).toEqual([])
    expect(await begin()).toBe('e:7')
    ;(await next('messages.list')).answer({ messages: [message(1)], hasOlder: false })
    await thread
    expect(await loader.begun).toBe('e:7')
  })
})

describe('an event that overtakes a snapshot', () => {
  it('is laid over it: the message is there', async () => {
    const { loader, next, begin, seqs } = await startLoader()
    await begin()
    const thread = loader.thread('maryam')
    const request = await next('messages.list')
    loader.apply([sent(message(3))])
    request.answer({ messages: [message(1), message(2)], hasOlder: false })
    await thread
    expect(seqs()).toEqual([1, 2, 3])
  })

  it('is laid over it: what a delivery has reached is not undone', async () => {
    const { loader, cache, next, begin } = await startLoader()
    await begin()
    const thread = loader.thread('maryam')
    const request = await next('messages.list')
    loader.apply([attempted(ownMessage(2), delivery('failed', 'no'))])
    request.answer({ messages: [message(1), ownMessage(2)], hasOlder: false })
    await thread
    expect(cache.get().threads.get('maryam')?.messages[1]?.delivery?.state).toBe('failed')
  })
})

describe('a gap in a thread', () => {
  it('is filled by as many pages as it takes', async () => {
    const { loader, next, begin, seqs } = await startLoader()
    await begin()
    const thread = loader.thread('maryam')
    ;(await next('messages.list')).answer({ messages: [message(1), message(2)], hasOlder: false })
    await thread
    const last = 2 + GAP_PAGE + 5
    loader.apply([sent(message(last), { lastSeq: last, rev: 500 })])
    loader.heal('maryam')
    const first = await next('messages.list')
    expect(first.input).toMatchObject({ after: 2 })
    first.answer({
      messages: Array.from({ length: GAP_PAGE }, (_, index) => message(3 + index)),
      hasOlder: true,
    })
    const rest = await next('messages.list')
    expect(rest.input).toMatchObject({ after: 2 + GAP_PAGE })
    rest.answer({
      messages: Array.from({ length: 5 }, (_, index) => message(3 + GAP_PAGE + index)),
      hasOlder: true,
    })
    await vi.waitFor(() => expect(seqs()).toHaveLength(last))
  })
})

describe('a read that fails', () => {
  it('says so, keeps what was there, and can be repeated', async () => {
    const { loader, cache, next, begin } = await startLoader()
    await begin()
    const again = loader.list(FIRST_LIST)
    ;(await next('conversations.list')).fail(new Error('network'))
    expect(await again).toBeNull()
    expect(loader.phaseOf('list:open/')).toEqual({ state: 'failed', error: null })
    expect(cache.get().conversations.has('maryam')).toBe(true)
    expect(await begin()).toBe('e:7')
    expect(loader.phaseOf('list:open/')).toBeUndefined()
  })
})

describe('two readers of the same thing', () => {
  it('cost one request', async () => {
    const { loader, requests, begin } = await startLoader()
    await begin()
    void loader.thread('maryam')
    void loader.thread('maryam')
    await vi.waitFor(() => expect(requests).toHaveLength(1))
  })
})
