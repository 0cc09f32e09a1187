import { expect, test } from 'vitest'
import { CAPABILITIES } from './capabilities.ts'
import { passageOf, windowAt } from './window.ts'

const HOUR = 3_600_000
const NOW = Date.parse('2026-03-01T12:00:00.000Z')
const ago = (ms: number) => new Date(NOW - ms).toISOString()
const at = (ms: number | null, isHumanAgentOn = true) => {
  const lastCustomerAt = ms === null ? null : ago(ms)
  return windowAt(CAPABILITIES.instagram.window, { lastCustomerAt, isHumanAgentOn }, NOW)
}
const person = { type: 'support', isPerson: true } as const

test('a day is open to everybody, to the millisecond', () => {
  expect(at(0)).toEqual({ kind: 'open', until: NOW + 24 * HOUR })
  expect(at(24 * HOUR - 1)).toEqual({ kind: 'open', until: NOW + 1 })
  expect(at(24 * HOUR)).toMatchObject({ kind: 'human' })
})

test('after the day a week is open to people, where the channel has the right', () => {
  expect(at(24 * HOUR)).toEqual({ kind: 'human', until: NOW + 6 * 24 * HOUR })
  expect(at(7 * 24 * HOUR - 1)).toMatchObject({ kind: 'human' })
  expect(at(7 * 24 * HOUR)).toEqual({ kind: 'closed' })
  expect(at(24 * HOUR, false)).toEqual({ kind: 'closed' })
})

test('nobody is written to who never wrote', () => {
  expect(at(null)).toEqual({ kind: 'closed' })
})

test('other platforms are always open', () => {
  const never = { lastCustomerAt: null, isHumanAgentOn: false }
  for (const source of ['telegram', 'website', 'unknown'] as const)
    expect(windowAt(CAPABILITIES[source].window, never, NOW)).toEqual({ kind: 'always' })
})

test('the tag is for people who answer, never for a bot, a program or an advertisement', () => {
  const human = at(25 * HOUR)
  expect(passageOf(human, person)).toBe('human')
  expect(passageOf(human, { type: 'AI', isPerson: false })).toBe('refused')
  expect(passageOf(human, { type: 'AI', isPerson: true })).toBe('refused')
  expect(passageOf(human, { type: 'support', isPerson: false })).toBe('refused')
  expect(passageOf(human, { type: 'marketing', isPerson: true })).toBe('refused')
  for (const by of [
    person,
    { type: 'AI', isPerson: false },
    { type: 'marketing', isPerson: true },
  ] as const) {
    expect(passageOf(at(0), by)).toBe('plain')
    expect(passageOf(at(null), by)).toBe('refused')
  }
})
