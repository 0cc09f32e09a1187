import { expect, test } from 'vitest'
import type { Outgoing } from '../ports/platform.ts'
import { passWindow } from './pass-window.ts'

const HOUR = 3_600_000
const NOW = Date.parse('2026-03-01T12:00:00.000Z')
const outgoing: Outgoing = {
  op: 'send',
  recipient: '42',
  content: 'hello',
  file: null,
  replyTo: null,
  isHumanAgent: true,
}
const pass = (agoMs: number | null, by: { isPerson?: boolean; isOn?: boolean; source?: 'telegram' } = {}) => {
  const { isPerson = true, isOn = true } = by
  const source = by.source ?? ('instagram' as const)
  const lastCustomerAt = agoMs === null ? null : new Date(NOW - agoMs).toISOString()
  const claimed = { source, lastCustomerAt, isHumanAgent: isPerson }
  return passWindow({ isHumanAgentOn: isOn }, claimed, { outgoing, now: NOW })
}
const plain = { outgoing: { ...outgoing, isHumanAgent: false } }
const tooLate = { failed: expect.stringContaining('too long ago') }

test('within a day a message goes as it is, also where the tag was foreseen', () => {
  expect(pass(HOUR)).toEqual(plain)
  expect(pass(24 * HOUR - 1, { isPerson: false })).toEqual(plain)
})

test('within a week only what a person wrote under the tag goes, while the channel has it', () => {
  expect(pass(25 * HOUR)).toEqual({ outgoing })
  expect(pass(25 * HOUR, { isPerson: false })).toEqual(tooLate)
  expect(pass(25 * HOUR, { isOn: false })).toEqual(tooLate)
  expect(pass(8 * 24 * HOUR)).toEqual(tooLate)
  expect(pass(null)).toEqual(tooLate)
})

test('other platforms and other operations know no window', () => {
  expect(pass(null, { source: 'telegram' })).toEqual(plain)
  const react: Outgoing = { op: 'react', recipient: '42', providerId: 'm', emoji: null }
  const claimed = { source: 'instagram' as const, lastCustomerAt: null, isHumanAgent: false }
  expect(passWindow({}, claimed, { outgoing: react, now: NOW })).toEqual({ outgoing: react })
})
