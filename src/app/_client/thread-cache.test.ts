import { describe, expect, it } from 'vitest'
import { delivery, message, ownMessage } from './cast.testing.ts'
import { MAX_THREAD_MESSAGES } from './limits.ts'
import {
  hasGap,
  threadFromPage,
  trimmed,
  withDelivery,
  withMessage,
  withNewer,
  withOlder,
} from './thread-cache.ts'

const page = (from: number, to: number, hasOlder = false) => ({
  messages: Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
  hasOlder,
})
const seqs = (thread: { messages: readonly { seq: number }[] }) => thread.messages.map(({ seq }) => seq)
const thread = () => threadFromPage(page(1, 3), 3)

describe('a message that arrives', () => {
  it('takes its place after the others', () => {
    expect(seqs(withMessage(thread(), message(4)))).toEqual([1, 2, 3, 4])
  })

  it('changes nothing the second time', () => {
    const once = withMessage(thread(), message(4))
    expect(withMessage(once, message(4))).toBe(once)
  })

  it('does not undo what its delivery has reached since', () => {
    const arrived = withMessage(thread(), ownMessage(4))
    const accepted = withDelivery(arrived, 'm4', delivery('sent'))
    expect(withMessage(accepted, ownMessage(4)).messages.at(-1)?.delivery?.state).toBe('sent')
  })

  it('is taken as it is now where a page brings what came to it since', () => {
    const extras = { reactions: [{ by: 'customer' as const, emoji: '👍' }] }
    const reacted = { messages: [{ ...message(3), extras }], hasOlder: false }
    const merged = withNewer(thread(), reacted, { isLast: true, upTo: 3 })
    expect(merged.messages.at(-1)?.extras).toEqual(extras)
  })

  it('is shown in order of seq, not of arrival', () => {
    expect(seqs(withMessage(withMessage(thread(), message(5)), message(4)))).toEqual([1, 2, 3, 4, 5])
  })

  it('before the one below it leaves a gap, which closes when that one comes', () => {
    const early = withMessage(thread(), message(5))
    expect(hasGap(early, 5)).toBe(true)
    expect(hasGap(withMessage(early, message(4)), 5)).toBe(false)
  })

  it('from below the window waits for its page', () => {
    const window = threadFromPage(page(51, 60, true), 60)
    expect(withMessage(window, message(20))).toBe(window)
  })
})

describe('a gap', () => {
  it('is seen when the conversation is ahead of the thread', () => {
    expect(hasGap(thread(), 4)).toBe(true)
    expect(hasGap(thread(), 3)).toBe(false)
  })

  it('is filled by what the server has after it', () => {
    const filled = withNewer(thread(), page(4, 6), { isLast: true, upTo: 6 })
    expect(seqs(filled)).toEqual([1, 2, 3, 4, 5, 6])
    expect(hasGap(filled, 6)).toBe(false)
  })

  it('is not asked for again where the server has nothing to show there', () => {
    const asked = withNewer(thread(), { messages: [], hasOlder: false }, { isLast: true, upTo: 5 })
    expect(hasGap(asked, 5)).toBe(false)
    expect(hasGap(asked, 6)).toBe(true)
  })

  it('stays until the last of several pages', () => {
    expect(hasGap(withNewer(thread(), page(4, 5), { isLast: false, upTo: 9 }), 9)).toBe(true)
  })
})

describe('older pages', () => {
  it('go in front, each message once', () => {
    const window = threadFromPage(page(4, 6, true), 6)
    expect(seqs(withOlder(window, page(1, 4)))).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('push the newest end out of a window that is full, and news no longer enters it', () => {
    const full = threadFromPage(page(101, 100 + MAX_THREAD_MESSAGES, true), 100 + MAX_THREAD_MESSAGES)
    const moved = withOlder(full, page(51, 100, true))
    expect(moved.messages).toHaveLength(MAX_THREAD_MESSAGES)
    expect(moved.hasNewer).toBe(true)
    expect(withMessage(moved, message(9_999))).toBe(moved)
    expect(hasGap(moved, 9_999)).toBe(false)
  })

  it('let the window come back down page by page', () => {
    const full = threadFromPage(page(101, 100 + MAX_THREAD_MESSAGES, true), 100 + MAX_THREAD_MESSAGES)
    const moved = withOlder(full, page(51, 100, true))
    const back = withNewer(moved, page(moved.known + 1, moved.known + 50), {
      isLast: true,
      upTo: moved.known + 50,
    })
    expect(back.hasNewer).toBe(false)
    expect(back.hasOlder).toBe(true)
    expect(back.messages).toHaveLength(MAX_THREAD_MESSAGES)
  })
})

describe('a delivery', () => {
  it('moves the message it belongs to', () => {
    const moved = withDelivery(
      threadFromPage({ messages: [ownMessage(1)], hasOlder: false }, 1),
      'm1',
      delivery('failed', 'no'),
    )
    expect(moved.messages[0]?.delivery).toMatchObject({ state: 'failed', error: 'no' })
  })

  it('of a message that is not held changes nothing', () => {
    const held = thread()
    expect(withDelivery(held, 'elsewhere', delivery('sent'))).toBe(held)
  })
})

it('a thread that was left keeps its newest part and knows that there is more', () => {
  const kept = trimmed(threadFromPage(page(1, 80), 80), 50)
  expect(seqs(kept).at(0)).toBe(31)
  expect(kept.hasOlder).toBe(true)
})
