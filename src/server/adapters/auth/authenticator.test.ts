import { expect, it } from 'vitest'
import { createAuthenticator } from './authenticator.ts'

const authenticator = createAuthenticator()
// RFC 6238, appendix B: the ASCII text 12345678901234567890. The RFC prints eight digits; six are the last of them.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const VECTORS = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const

it.each(VECTORS)('at second %i the code of the RFC is %s', (second, code) => {
  expect(authenticator.stepOf(SECRET, code, second * 1_000)).toBe(Math.floor(second / 30))
})

it('takes the code of the step before and after, and of none further away', () => {
  const at = (second: number) => authenticator.stepOf(SECRET, '287082', second * 1_000)
  expect([at(0), at(29), at(30), at(59), at(60), at(89)]).toEqual([1, 1, 1, 1, 1, 1])
  expect([at(90), at(300)]).toEqual([null, null])
})

it.each(['287083', '28708', '2870820', '', 'abcdef', '-87082', '２８７０８２'])('%j is no code', (code) => {
  expect(authenticator.stepOf(SECRET, code, 59_000)).toBeNull()
})

it('makes a secret of 160 bits, another every time, that an app can read from the address', () => {
  const secret = authenticator.newSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(authenticator.newSecret()).not.toBe(secret)
  const uri = new URL(authenticator.uri(secret, 'sara@example.com'))
  expect(`${uri.protocol}//${uri.host}`).toBe('otpauth://totp')
  expect(decodeURIComponent(uri.pathname)).toBe('/Peyk:sara@example.com')
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'Peyk',
    secret,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
})
