import { describe, expect, it } from 'vitest'
import type { Signal } from '../../server/contract/event.ts'
import { applySignal, expireTyping, noSignals, TYPING_TTL_MS, typersIn, viewersIn } from './signals.ts'

const typing = (name: string, id: number, change: Partial<Signal & { type: 'typing' }> = {}): Signal => ({
  type: 'typing',
  conversationId: 'c1',
  who: 'agent',
  id,
  name,
  isTyping: true,
  connectionId: `socket-${id}`,
  ...change,
})
const viewing = (
  userId: number,
  conversationId: string | null = 'c1',
  connectionId = `socket-${userId}`,
): Signal => ({ type: 'viewing', conversationId, userId, name: 'علی', connectionId })

describe('typing', () => {
  it('is shown to others and not to the one who types', () => {
    const signals = applySignal(noSignals, typing('Sara', 1), 0)
    expect(typersIn(signals, 'c1', 2).map(({ name }) => name)).toEqual(['Sara'])
    expect(typersIn(signals, 'c1', 1)).toEqual([])
  })

  it('shows a customer whose number is that of the agent who looks', () => {
    const signals = applySignal(noSignals, typing('مریم', 1, { who: 'customer' }), 0)
    expect(typersIn(signals, 'c1', 1)).toHaveLength(1)
  })

  it('of one person at two desks is one person', () => {
    const first = applySignal(noSignals, typing('Ali', 2, { connectionId: 'a' }), 0)
    const both = applySignal(first, typing('Ali', 2, { connectionId: 'b' }), 0)
    expect(typersIn(both, 'c1', 1)).toHaveLength(1)
    const one = applySignal(both, typing('Ali', 2, { connectionId: 'a', isTyping: false }), 0)
    expect(typersIn(one, 'c1', 1)).toHaveLength(1)
  })

  it('ends by itself when its sender falls silent', () => {
    const signals = applySignal(noSignals, typing('Sara', 1), 0)
    expect(expireTyping(signals, TYPING_TTL_MS - 1)).toBe(signals)
    expect(typersIn(expireTyping(signals, TYPING_TTL_MS), 'c1', 2)).toEqual([])
  })

  it('stays in its own conversation', () => {
    expect(typersIn(applySignal(noSignals, typing('Sara', 1), 0), 'c2', 2)).toEqual([])
  })
})

describe('viewing', () => {
  it('is known while it lasts, once, and not of oneself', () => {
    const twice = applySignal(applySignal(noSignals, viewing(2), 0), viewing(2), 0)
    expect(viewersIn(twice, 'c1', 1)).toHaveLength(1)
    expect(viewersIn(twice, 'c1', 2)).toEqual([])
    expect(viewersIn(applySignal(twice, viewing(2, null), 0), 'c1', 1)).toEqual([])
  })
  it('moves with the connection, and shows a person with two tabs once', () => {
    const tabs = applySignal(applySignal(noSignals, viewing(2), 0), viewing(2, 'c1', 'other tab'), 0)
    expect(viewersIn(tabs, 'c1', 1)).toHaveLength(1)
    const moved = applySignal(tabs, viewing(2, 'c2'), 0)
    expect(viewersIn(moved, 'c2', 1)).toHaveLength(1)
    expect(viewersIn(moved, 'c1', 1)).toHaveLength(1)
    expect(viewersIn(applySignal(moved, viewing(2, null, 'other tab'), 0), 'c1', 1)).toEqual([])
  })
})
