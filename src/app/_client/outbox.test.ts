import { describe, expect, it, vi } from 'vitest'
import type { ErrorCode } from '../../server/contract/error.ts'
import type { Message } from '../../server/contract/message.ts'
import { ownMessage } from './cast.testing.ts'
import { Outbox, type OutboxShelf, type Outgoing, pendingIn } from './outbox.ts'

class Answered extends Error {
  constructor(readonly code: ErrorCode) {
    super(code)
  }
}

const memoryShelf = (kept: Outgoing[] = []): OutboxShelf & { kept: Map<string, Outgoing> } => {
  const map = new Map(kept.map((entry) => [entry.clientId, entry]))
  return {
    kept: map,
    load: () => [...map.values()],
    put: (entry) => void map.set(entry.clientId, entry),
    remove: (id) => void map.delete(id),
  }
}

/** An outbox whose server is answered for by the test, one request after the other. */
const startOutbox = (shelf = memoryShelf()) => {
  const requests: {
    outgoing: Outgoing
    answer: (message?: Partial<Message>) => void
    fail: (error: Error) => void
  }[] = []
  const stored: Message[] = []
  const outbox = new Outbox({
    deliver: (outgoing) =>
      new Promise((resolve, reject) => {
        const { clientId, conversationId, content } = outgoing
        const answer = (change = {}) =>
          resolve(
            ownMessage(requests.length, {
              id: clientId.slice(0, 10),
              clientId,
              conversationId,
              content,
              ...change,
            }),
          )
        requests.push({ outgoing, answer, fail: reject })
      }),
    answerOf: (error) => (error instanceof Answered ? error.code : null),
    onStored: (message) => stored.push(message),
    shelf,
    retryMs: 1_000_000,
  })
  const request = (index: number) =>
    vi.waitFor(() => requests[index] ?? Promise.reject(new Error('no request yet')))
  const states = () => outbox.entries.get().map(({ state }) => state)
  return { outbox, request, requests, stored, states, shelf }
}

describe('sending', () => {
  it('shows the message at once and lets it go when it is stored', async () => {
    const { outbox, request, stored, states, shelf } = startOutbox()
    outbox.send('c1', 'سلام')
    expect(states()).toEqual(['sending'])
    const first = await request(0)
    first.answer()
    await vi.waitFor(() => expect(states()).toEqual([]))
    expect(stored.map(({ content }) => content)).toEqual(['سلام'])
    expect(shelf.kept.size).toBe(0)
  })

  it('keeps the order: the second message of a conversation waits for the first', async () => {
    const { outbox, request, requests } = startOutbox()
    outbox.send('c1', 'one')
    outbox.send('c1', 'two')
    outbox.send('c2', 'elsewhere')
    await request(1)
    expect(requests.map(({ outgoing }) => outgoing.content)).toEqual(['one', 'elsewhere'])
    requests[0]?.answer()
    expect((await request(2)).outgoing.content).toBe('two')
  })
})

describe('without an answer', () => {
  it('a message stays, later ones wait behind it, and all go in order when the way is open', async () => {
    const { outbox, request, states, stored } = startOutbox()
    outbox.send('c1', 'one')
    outbox.send('c1', 'two')
    ;(await request(0)).fail(new Error('network'))
    await vi.waitFor(() => expect(states()).toEqual(['unsent', 'queued']))
    outbox.resume()
    ;(await request(1)).answer()
    ;(await request(2)).answer()
    await vi.waitFor(() => expect(stored.map(({ content }) => content)).toEqual(['one', 'two']))
  })

  it('a repeated try carries the same clientId, so that it is the same message', async () => {
    const { outbox, request, states } = startOutbox()
    outbox.send('c1', 'one')
    const first = await request(0)
    first.fail(new Error('network'))
    await vi.waitFor(() => expect(states()).toEqual(['unsent']))
    outbox.resume()
    expect((await request(1)).outgoing.clientId).toBe(first.outgoing.clientId)
  })

  it('a message outlives the page', async () => {
    const before = startOutbox()
    before.outbox.send('c1', 'one')
    await before.request(0)
    const after = startOutbox(before.shelf)
    expect(after.outbox.entries.get().map(({ content }) => content)).toEqual(['one'])
  })
})

it('lets go of what was to be sent to conversations that are gone', async () => {
  const { outbox, shelf, request } = startOutbox()
  outbox.send('c1', 'one')
  outbox.send('c2', 'two')
  await request(0)
  outbox.discardIn(['c1'])
  expect(outbox.entries.get().map(({ content }) => content)).toEqual(['two'])
  expect(shelf.load().map(({ content }) => content)).toEqual(['two'])
})

describe('an answer that refuses', () => {
  it('is kept beside the message and does not hold the next one back', async () => {
    const { outbox, request, stored } = startOutbox()
    outbox.send('c1', 'one')
    outbox.send('c1', 'two')
    ;(await request(0)).fail(new Answered('rate_limited'))
    ;(await request(1)).answer()
    await vi.waitFor(() => expect(stored.map(({ content }) => content)).toEqual(['two']))
    expect(outbox.entries.get()).toMatchObject([{ content: 'one', state: 'refused', error: 'rate_limited' }])
  })

  it('is not tried again by itself, only by the person', async () => {
    const { outbox, request, requests, states } = startOutbox()
    const outgoing = outbox.send('c1', 'one')
    ;(await request(0)).fail(new Answered('too_large'))
    await vi.waitFor(() => expect(states()).toEqual(['refused']))
    outbox.resume()
    expect(requests).toHaveLength(1)
    outbox.retry(outgoing?.clientId ?? '')
    await request(1)
  })
})

describe('what a thread still shows of the outbox', () => {
  const entry = (clientId: string, conversationId = 'maryam'): Outgoing => ({
    clientId,
    conversationId,
    content: clientId,
    createdAt: '2026-11-22T07:00:00.000Z',
    state: 'sending',
    error: null,
  })

  it('an own message is replaced by its stored one, whichever comes first, event or answer', () => {
    const entries = [entry('a'), entry('b')]
    expect(pendingIn(entries, 'maryam', [ownMessage(1, { clientId: 'a' })])).toEqual([entries[1]])
  })

  it('nothing of another conversation', () => {
    expect(pendingIn([entry('a', 'jonas')], 'maryam', [])).toEqual([])
  })
})
