import { expect, test } from 'vitest'
import { sessionCookies } from './session-cookie.ts'

const NAME = 'next-auth.session-token'
const cookies = (values: Record<string, string>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }))

test('the session cookie is taken and everything else is left', () => {
  const given = cookies({ [NAME]: 'a', 'peyk.locale': 'fa', [`__Host-${NAME}`]: 'b' })
  expect(sessionCookies(given, NAME)).toEqual({ [NAME]: 'a' })
})

test('a cookie whose name only begins like the session cookie is no part of it', () => {
  expect(sessionCookies(cookies({ [NAME]: 'a', [`${NAME}X`]: 'x', [`${NAME}.evil`]: 'x' }), NAME)).toEqual({
    [NAME]: 'a',
  })
})

test('pieces are taken in their order up to the first gap', () => {
  const given = cookies({ [`${NAME}.1`]: 'b', [`${NAME}.0`]: 'a', [`${NAME}.3`]: 'x', [`${NAME}.00`]: 'x' })
  expect(sessionCookies(given, NAME)).toEqual({ [`${NAME}.0`]: 'a', [`${NAME}.1`]: 'b' })
})

test('a piece beside a whole cookie is not joined to it', () => {
  expect(sessionCookies(cookies({ [NAME]: 'a', [`${NAME}.0`]: 'x' }), NAME)).toEqual({ [NAME]: 'a' })
})

test('without a session there is nothing', () => {
  expect(sessionCookies(cookies({ [`${NAME}.1`]: 'b' }), NAME)).toEqual({})
})
