import { beforeEach, expect, it } from 'vitest'
import type { SecurityNote } from '../ports/security.ts'
import { FloodGuard, MAX_BY_ADDRESS, MAX_BY_ALL, MAX_SUMS } from './flood.ts'

let noted: SecurityNote[]
let guard: FloodGuard
beforeEach(() => {
  noted = []
  guard = new FloodGuard({ note: (event) => void noted.push(event) })
})

const fail = (address: string, more: Partial<SecurityNote> = {}) =>
  guard.note({ kind: 'failed_authentication', workspaceId: null, userId: null, address, detail: {}, ...more })
const repeat = (times: number, act: (index: number) => void) =>
  Array.from({ length: times }, (_, i) => act(i))
const total = () => noted.reduce((sum, { count = 1 }) => sum + count, 0)

it('notes the first events of an address one by one, and the rest as one with their number', () => {
  repeat(MAX_BY_ADDRESS + 500, () => fail('203.0.113.9'))
  expect(noted).toHaveLength(MAX_BY_ADDRESS)
  guard.flush()
  expect(noted).toHaveLength(MAX_BY_ADDRESS + 1)
  expect(noted.at(-1)).toMatchObject({ count: 500, address: '203.0.113.9' })
  fail('203.0.113.9')
  expect(noted).toHaveLength(MAX_BY_ADDRESS + 2)
})

it('takes nothing from another address, but all of a /64 as one', () => {
  repeat(MAX_BY_ADDRESS + 1, (index) => fail(`2001:db8::${index + 1}`))
  fail('203.0.113.9')
  expect(noted).toHaveLength(MAX_BY_ADDRESS + 1)
})

it('keeps people, workspaces and kinds apart in what it adds up', () => {
  repeat(MAX_BY_ADDRESS, () => fail('203.0.113.9'))
  for (const userId of [1, 2, 2]) fail('203.0.113.9', { userId, workspaceId: 5 })
  fail('203.0.113.9', { kind: 'spam_blocked' })
  guard.flush()
  expect(noted.slice(MAX_BY_ADDRESS).map(({ kind, userId, count }) => [kind, userId, count])).toEqual([
    ['failed_authentication', 1, 1],
    ['failed_authentication', 2, 2],
    ['spam_blocked', null, 1],
  ])
})

it('is bounded where every event comes from an address of its own, and loses none', () => {
  const many = MAX_BY_ALL + MAX_SUMS + 700
  repeat(many, (index) => fail(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`))
  guard.flush()
  expect(noted.length).toBeLessThanOrEqual(MAX_BY_ALL + MAX_SUMS + 1)
  expect(total()).toBe(many)
})
