import { expect, test } from 'vitest'
import { readAnswer } from './post-auth.ts'

test('an address without an error is success', () => {
  expect(readAnswer({ url: 'http://localhost:8000/login' })).toEqual({ ok: true })
})

test.each(['CredentialsSignin', 'unauthenticated'])('%s says that the sign-in is not right', (error) => {
  expect(readAnswer({ url: `http://localhost:8000/login?error=${error}` })).toEqual({
    ok: false,
    reason: 'credentials',
  })
})

test('a refusal carries its code', () => {
  const answer = { url: 'http://localhost:8000/login?error=rate_limited' }
  expect(readAnswer(answer)).toEqual({ ok: false, reason: 'refused', code: 'rate_limited', field: null })
})

test('a refusal may name the field that it is about', () => {
  const answer = { url: 'http://localhost:8000/login?error=conflict%3Ausername' }
  expect(readAnswer(answer)).toEqual({ ok: false, reason: 'refused', code: 'conflict', field: 'username' })
})

test('a form whose token did not come back means that cookies are blocked', () => {
  const answer = { url: 'http://localhost:8000/api/auth/signin?csrf=true' }
  expect(readAnswer(answer)).toEqual({ ok: false, reason: 'cookies' })
})

test.each([null, {}, 'x', { url: 7 }])('%j is no answer of ours', (answer) => {
  expect(readAnswer(answer)).toEqual({ ok: false, reason: 'offline' })
})
