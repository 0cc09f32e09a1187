import { expect, it } from 'vitest'
import { changesOf } from './audit-changes.ts'

it('tells what was changed, added and taken away, and not what stayed', () => {
  const before = { role: 'agent', name: 'Kim', scopes: ['read'] }
  const after = { role: 'admin', name: 'Kim', expires: null }
  expect(changesOf(before, after)).toEqual([
    { key: 'role', from: 'agent', to: 'admin' },
    { key: 'scopes', from: ['read'] },
    { key: 'expires', to: null },
  ])
})

it('tells of a side that is not there', () => {
  expect(changesOf(null, { days: 30 })).toEqual([{ key: 'days', to: 30 }])
  expect(changesOf({ days: 30 }, null)).toEqual([{ key: 'days', from: 30 }])
  expect(changesOf(null, null)).toEqual([])
})
