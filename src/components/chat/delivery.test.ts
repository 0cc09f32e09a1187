import { describe, expect, it } from 'vitest'
import { failureReason, standingOf, standingOfPending } from './delivery.ts'

const delivery = (state: Parameters<typeof standingOf>[0] & object) => standingOf(state)
const base = { attempts: 0, error: null, nextAt: null }

describe('where a message stands', () => {
  it('is stored until the platform has taken it', () => {
    expect(delivery({ state: 'queued', ...base }).step).toBe('stored')
    expect(delivery({ state: 'sending', ...base, attempts: 1 }).step).toBe('stored')
    expect(delivery({ state: 'sent', ...base, attempts: 1 }).step).toBe('accepted')
  })

  it('tells when the next attempt is due, once one has failed', () => {
    const nextAt = '2026-11-22T07:00:12.000Z'
    expect(delivery({ state: 'queued', attempts: 1, error: 'Too Many Requests', nextAt })).toEqual({
      step: 'retrying',
      at: nextAt,
      error: 'Too Many Requests',
    })
  })

  it('is not called failed when nobody knows', () => {
    expect(delivery({ state: 'unconfirmed', ...base }).step).toBe('unconfirmed')
  })

  it('before the server has it, is on its way, not sent, or refused', () => {
    expect(standingOfPending({ state: 'sending', error: null }).step).toBe('queued')
    expect(standingOfPending({ state: 'unsent', error: null }).step).toBe('unsent')
    expect(standingOfPending({ state: 'refused', error: 'too_large' })).toEqual({
      step: 'refused',
      error: 'too_large',
    })
  })
})

describe("a platform's words", () => {
  it.each([
    ['Forbidden: bot was blocked by the user', 'blocked'],
    ['Bad Request: chat not found', 'unreachable'],
    ['Forbidden: user is deactivated', 'deactivated'],
    ['Unauthorized', 'revoked'],
    ['Too Many Requests: retry after 14', 'busy'],
    ['Bad Request: message is too long', 'too_long'],
    ['Forbidden: something new', 'forbidden'],
    ['connect ECONNREFUSED', 'network'],
    ['Bad Request: something new', 'unknown'],
  ])('%s is %s', (words, reason) => {
    expect(failureReason(words)).toBe(reason)
  })

  it('may be missing', () => {
    expect(failureReason(null)).toBe('unknown')
  })
})
