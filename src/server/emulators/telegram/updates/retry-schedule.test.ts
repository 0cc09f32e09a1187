import { expect, it } from 'vitest'
import { firstTry, nextTry, TELEGRAM_RETRY } from './retry-schedule.ts'

const seconds = (ms: number) => ms / 1000

function waits(count: number, random: () => number): number[] {
  let state = firstTry(TELEGRAM_RETRY)
  return Array.from({ length: count }, () => {
    const next = nextTry(state, TELEGRAM_RETRY, { retryAfter: 0, random })
    state = next.state
    return seconds(next.waitMs)
  })
}

it('doubles from two seconds after one retry at once', () => {
  expect(waits(6, () => 0)).toEqual([0, 2, 4, 8, 16, 32])
})

it('is capped at a random time between 60 and 120 seconds', () => {
  expect(waits(9, () => 0).slice(-2)).toEqual([60, 60])
  expect(waits(9, () => 0.999).at(-1)).toBeCloseTo(119.94)
})

it('takes the time that the receiver named, an hour at most', () => {
  const state = { failures: 7, delayMs: 64_000 }
  const random = () => 0
  expect(nextTry(state, TELEGRAM_RETRY, { retryAfter: 5, random }).waitMs).toBe(5_000)
  expect(nextTry(state, TELEGRAM_RETRY, { retryAfter: 9_999, random }).waitMs).toBe(3_600_000)
  expect(nextTry(state, TELEGRAM_RETRY, { retryAfter: 5, random }).state.delayMs).toBe(64_000)
})
