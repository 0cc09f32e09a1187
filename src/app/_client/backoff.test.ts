import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Backoff, MAX_DELAY_MS, reconnectDelay } from './backoff.ts'

describe('the delay before an attempt to connect', () => {
  it('grows with each failure and never passes its ceiling', () => {
    const longest = (attempt: number) => reconnectDelay(attempt, () => 0.999_999)
    expect([0, 1, 2, 3].map(longest)).toEqual([999, 1_999, 3_999, 7_999])
    expect(longest(50)).toBeLessThanOrEqual(MAX_DELAY_MS)
  })

  it('is spread from nothing upwards', () => {
    expect(reconnectDelay(6, () => 0)).toBe(0)
  })
})

describe('a backoff', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const states = (turn: Promise<void>) => {
    const state = { done: false }
    void turn.then(() => {
      state.done = true
    })
    return state
  }

  it('lets the first attempt go at once', async () => {
    const first = states(new Backoff(() => 1_000).turn())
    await vi.advanceTimersByTimeAsync(0)
    expect(first.done).toBe(true)
  })

  it('holds the next one for its time', async () => {
    const backoff = new Backoff(() => 1_000)
    await backoff.turn()
    const second = states(backoff.turn())
    await vi.advanceTimersByTimeAsync(999)
    expect(second.done).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(second.done).toBe(true)
  })

  it('lets it go at once when it is woken', async () => {
    const backoff = new Backoff(() => 30_000)
    await backoff.turn()
    const second = states(backoff.turn())
    backoff.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(second.done).toBe(true)
  })

  it('counts from the start again after a connection that held', async () => {
    const seen: number[] = []
    const backoff = new Backoff((attempt) => {
      seen.push(attempt)
      return 0
    })
    for (let attempt = 0; attempt < 3; attempt++)
      await Promise.all([backoff.turn(), vi.advanceTimersByTimeAsync(0)])
    backoff.opened()
    vi.advanceTimersByTime(60_000)
    await Promise.all([backoff.turn(), vi.advanceTimersByTimeAsync(0)])
    expect(seen).toEqual([0, 1, 0])
  })
})
