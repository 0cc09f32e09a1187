import { createHmac } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, it } from 'vitest'
import { createTokens } from './tokens.ts'

const SECRET = 'a secret of the tests'
const JTI = '0b8f5a52-95ad-4a0d-9a0b-6f1c6f0a7d11'
const HOUR = 3_600_000

const tokens = createTokens(SECRET)
const issue = (now = Date.now(), from = tokens) =>
  from.issue({ userId: 7, jti: JTI, now, accessExpiresAt: now + HOUR, refreshExpiresAt: now + 2 * HOUR })

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
function forge(header: object, payload: object, algorithm = 'sha512') {
  const text = `${encode(header)}.${encode(payload)}`
  return `${text}.${createHmac(algorithm, SECRET).update(text).digest('base64url')}`
}
const claims = (change: object = {}) => {
  const now = Math.floor(Date.now() / 1_000)
  return { user_id: '7', type: 'access', jti: JTI, iat: now, exp: now + 60, ...change }
}

it('issues the legacy claims under HS512, the refresh token holding its access token', async () => {
  const { access, refresh } = await issue(Date.UTC(2026, 0, 2, 3, 4, 5, 678))
  expect(decodeProtectedHeader(access).alg).toBe('HS512')
  expect(decodeJwt(access)).toEqual({
    user_id: '7',
    created_at: '2026-01-02 03:04:05 +0000',
    type: 'access',
    jti: JTI,
    iat: 1_767_323_045,
    exp: 1_767_326_645,
  })
  expect(decodeJwt(refresh)).toMatchObject({ type: 'refresh', access, user_id: '7', exp: 1_767_330_245 })
})

it('reads its own tokens, each as its own kind', async () => {
  const { access, refresh } = await issue()
  expect(await tokens.verify(access, 'access')).toEqual({ userId: 7, jti: JTI, type: 'access' })
  expect(await tokens.verify(refresh, 'refresh')).toEqual({ userId: 7, jti: JTI, type: 'refresh' })
})

it('refuses a refresh token as an access token, and the reverse', async () => {
  const { access, refresh } = await issue()
  expect(await tokens.verify(refresh, 'access')).toBe('invalid')
  expect(await tokens.verify(access, 'refresh')).toBe('invalid')
})

it('calls a well-signed old token expired, even one that was never issued', async () => {
  const { access } = await issue(Date.now() - 2 * HOUR)
  expect(await tokens.verify(access, 'access')).toBe('expired')
  const foreign = forge({ alg: 'HS512' }, { user_id: '7', type: 'access', exp: 1 })
  expect(await tokens.verify(foreign, 'access')).toBe('expired')
})

it('never calls a wrongly signed old token expired', async () => {
  const { access } = await issue(Date.now() - 2 * HOUR, createTokens('another secret'))
  expect(await tokens.verify(access, 'access')).toBe('invalid')
})

it('refuses another secret, an altered payload and what is no token', async () => {
  const { access } = await issue()
  const [header, , signature] = access.split('.')
  const altered = `${header}.${encode(claims({ user_id: '8' }))}.${signature}`
  const { access: foreign } = await issue(Date.now(), createTokens('another secret'))
  for (const token of [foreign, altered, '', 'a.b.c', 'x'.repeat(10_000)]) {
    expect(await tokens.verify(token, 'access')).toBe('invalid')
  }
})

it('accepts no other algorithm: neither none nor a weaker one with the same key', async () => {
  expect(await tokens.verify(forge({ alg: 'HS512' }, claims()), 'access')).toMatchObject({ userId: 7 })
  const unsigned = `${encode({ alg: 'none' })}.${encode(claims())}.`
  const hs256 = forge({ alg: 'HS256' }, claims(), 'sha256')
  for (const token of [unsigned, hs256]) expect(await tokens.verify(token, 'access')).toBe('invalid')
})

it.each([
  ['a number as user_id', { user_id: 7 }],
  ['user_id 0', { user_id: '0' }],
  ['a user_id too large for the database', { user_id: '9999999999' }],
  ['no jti', { jti: undefined }],
  ['no expiry', { exp: undefined }],
])('refuses a signed token with %s', async (_, change) => {
  expect(await tokens.verify(forge({ alg: 'HS512' }, claims(change)), 'access')).toBe('invalid')
})
