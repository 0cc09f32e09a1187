import { expect, test } from 'vitest'
import { formatFailure } from './failure.ts'

test('a refusal travels as its code', () => {
  expect(formatFailure({ code: 'rate_limited', message: 'Too many attempts.' })).toBe('rate_limited')
})

test('a sentence about a field names that field', () => {
  const message = 'A user with that username already exists.'
  expect(formatFailure({ code: 'conflict', message })).toBe('conflict:username')
})

test('a refusal that is told apart travels with its reason', () => {
  const message = 'Enter the code of your authenticator app.'
  expect(formatFailure({ code: 'unauthenticated', message, reason: 'otp_required' })).toBe(
    'unauthenticated:otp_required',
  )
})

test('the sentence itself stays on the server', () => {
  expect(formatFailure({ code: 'conflict', message: 'email anna@example.com is taken' })).toBe(
    'conflict:email',
  )
})
