import { expect, test } from 'vitest'
import { DomainError } from '../../core/errors.ts'
import type { FetchMedia } from '../../core/ports/fetch-media.ts'
import { openMedia } from './media.ts'

const how = { maxBytes: 10, ownRoot: null }
const bytes = (async function* () {})()
const failing = (code: 'too_large' | 'unavailable' | 'not_found' | 'invalid_input'): FetchMedia => ({
  open: async () => {
    throw new DomainError(code, 'no')
  },
})

test('a file is opened by its address, within the bound', async () => {
  const asked: unknown[] = []
  const open: FetchMedia['open'] = async (...given) => {
    asked.push(given)
    return { size: 3, bytes }
  }
  const url = 'https://lookaside.fbsbx.com/1'
  expect(await openMedia({ open }, { url }, how)).toEqual({ outcome: 'open', size: 3, bytes })
  expect(asked).toEqual([[url, how]])
})

test.each([
  ['too_large', { outcome: 'failed', reason: 'too_big' }],
  ['not_found', { outcome: 'failed', reason: 'gone' }],
  ['invalid_input', { outcome: 'failed', reason: 'gone' }],
  ['unavailable', { outcome: 'retry' }],
] as const)('what cannot be fetched for %s is told so', async (code, outcome) => {
  expect(await openMedia(failing(code), { url: 'https://x.example/' }, how)).toMatchObject(outcome)
})

test('without an address there is nothing', async () => {
  expect(await openMedia(failing('unavailable'), {}, how)).toEqual({ outcome: 'failed', reason: 'gone' })
})
