import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LiveEvent } from '../../contract/event.ts'
import { actAs, createTestCtx, openConversation } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { sendMessage } from '../messages/send.ts'

type Test = ReturnType<typeof createTestCtx>

let test: Test
let anna: MemberCtx
let conversationId: string
let workspaceId: number

beforeEach(async () => {
  test = createTestCtx()
  anna = await actAs(test.ctx, 'anna')
  workspaceId = anna.actor.workspaceId
  conversationId = (await openConversation(anna)).id
})
afterEach(() => test.feed.close())

const send = async (content: string) =>
  (await sendMessage(anna, { conversationId, content, type: 'support', clientId: null })).event
/** Stores a message of which this node hears nothing. */
const storeInSilence = (content: string) => {
  const feed = { ...anna.feed, publish: () => {}, listen: anna.feed.listen.bind(anna.feed) }
  return sendMessage({ ...anna, feed }, { conversationId, content, type: 'support', clientId: null })
}
const listen = async (after: number) => {
  const seqs: number[] = []
  const stop = await test.feed.listen(workspaceId, after, ({ seq }) => seqs.push(seq))
  return { seqs, stop }
}

describe('the feed', () => {
  it('brings events after a place to every listener, in order, each once', async () => {
    const [one, two] = [await listen(1), await listen(1)]
    const event = await send('one')
    await send('two')
    test.feed.publish(workspaceId, event)
    expect([one.seqs, two.seqs]).toEqual([
      [2, 3],
      [2, 3],
    ])
  })

  it('brings nothing to one that stopped, nor of another workspace', async () => {
    const [stopped, stays] = [await listen(1), await listen(1)]
    stopped.stop()
    const omar = await actAs(test.ctx, 'omar')
    await openConversation(omar)
    await send('one')
    expect([stopped.seqs, stays.seqs]).toEqual([[], [2]])
  })

  it('brings each listener only what lies after its own place', async () => {
    const early = await listen(1)
    await send('one')
    const late = await listen(2)
    await send('two')
    expect([early.seqs, late.seqs]).toEqual([[2, 3], [3]])
  })

  it('keeps an event from no listener because another one throws', async () => {
    await test.feed.listen(workspaceId, 1, () => {
      throw new Error('broken')
    })
    const { seqs } = await listen(1)
    await send('one')
    expect(seqs).toEqual([2])
    expect(test.log.sentences).toContainEqual({ level: 'error', sentence: 'A live listener failed' })
  })

  it('begins anew where the last listener stopped and another one comes', async () => {
    const first = await listen(1)
    first.stop()
    await send('one')
    const second = await listen(2)
    await send('two')
    expect(second.seqs).toEqual([3])
  })
})

describe('a lost hint', () => {
  it('is made good from the log when the next one shows the hole', async () => {
    const { seqs } = await listen(1)
    await storeInSilence('lost')
    await storeInSilence('lost too')
    await send('heard')
    await expect.poll(() => seqs, { interval: 2 }).toEqual([2, 3, 4])
  })

  it('is made good by itself where no other follows', async () => {
    test.feed.start()
    const { seqs } = await listen(1)
    await storeInSilence('lost')
    await expect.poll(() => seqs, { interval: 10, timeout: 4_000 }).toEqual([2])
  })

  it('costs no more than the order where hints overtake each other', async () => {
    const { seqs } = await listen(1)
    const events: (LiveEvent | null)[] = []
    for (const content of ['one', 'two', 'three']) events.push((await storeInSilence(content)).event)
    for (const event of events.toReversed()) test.feed.publish(workspaceId, event)
    await expect.poll(() => seqs, { interval: 2 }).toEqual([2, 3, 4])
  })

  it('is made good in pages where hundreds were lost, while new ones come', async () => {
    const { seqs } = await listen(1)
    await Promise.all(Array.from({ length: 1_200 }, (_, index) => storeInSilence(`${index}`)))
    await Promise.all([send('a'), send('b')])
    await expect.poll(() => seqs.length, { interval: 5 }).toBe(1_202)
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
  })

  it('waits for a log that cannot be read, and loses nothing by it', async () => {
    const { read } = test.ctx.journal
    let failures = 1
    test.ctx.journal.read = async (...args) => {
      if (failures-- > 0) throw new Error('away')
      return read(...args)
    }
    const { seqs } = await listen(1)
    await storeInSilence('lost')
    await send('heard')
    await send('heard again')
    await expect.poll(() => seqs, { interval: 2 }).toEqual([2, 3, 4])
  })
})
