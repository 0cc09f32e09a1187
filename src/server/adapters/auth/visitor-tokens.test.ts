import { createHmac } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createVisitorTokens } from './visitor-tokens.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const SECRET = 'the-identity-secret-of-one-website'
const tokens = createVisitorTokens('instance secret')
const claims = {
  workspaceId: 1,
  channelId: 7,
  sourceId: 'user:4',
  name: 'کیمیا',
  email: 'kim@example.com',
  origin: 'https://shop.example',
  expiresAt: NOW + 900_000,
}

it('knows nobody back by a mark of other letters, however many bytes they take', () => {
  const id = crypto.randomUUID()
  const kept = tokens.remember(7, id)
  const mark = kept.split('.')[1] ?? ''
  expect(tokens.recall(7, kept)).toBe(id)
  for (const forged of [`${id}.${'é'.repeat(mark.length)}`, `${id}.${'a'.repeat(mark.length)}`, `${id}.`, id])
    expect(tokens.recall(7, forged)).toBeNull()
})

describe('a visitor’s token', () => {
  it('says who it lets in, until it expires, and shows nothing of them', async () => {
    const token = await tokens.issue(claims)
    expect(await tokens.verify(token, NOW)).toEqual(claims)
    expect(await tokens.verify(token, NOW + 900_001)).toBe('expired')
    expect(Buffer.from(token, 'base64url').toString()).not.toContain('kim@')
  })

  it('is nobody’s where it was altered, made with another secret or signed by none', async () => {
    const token = await tokens.issue(claims)
    const parts = token.split('.')
    const altered = [
      ...parts.slice(0, 3),
      `${parts[3]?.startsWith('A') ? 'B' : 'A'}${parts[3]?.slice(1)}`,
      parts[4],
    ]
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`
    const foreign = await createVisitorTokens('another').issue(claims)
    for (const forged of [altered.join('.'), none, foreign, '', 'x', tokens.remember(7, crypto.randomUUID())])
      expect(await tokens.verify(forged, NOW)).toBe('invalid')
  })
})

describe('what a browser keeps', () => {
  const id = '5f0c1f4e-6f3a-4b52-9d0e-3c9f2b1a7e55'

  it('brings the same visitor back, on its own channel alone', () => {
    const kept = tokens.remember(7, id)
    expect(tokens.recall(7, kept)).toBe(id)
    expect(tokens.recall(8, kept)).toBeNull()
    expect(createVisitorTokens('another').recall(7, kept)).toBeNull()
  })

  it('cannot be guessed from another visitor’s', () => {
    const mark = tokens.remember(7, id).split('.')[1]
    expect(tokens.recall(7, `${crypto.randomUUID()}.${mark}`)).toBeNull()
    for (const kept of ['', '.', id, `${id}.`, `${id}.${mark}x`, 'user:4.x'])
      expect(tokens.recall(7, kept)).toBeNull()
  })
})

describe('a site’s proof of who somebody is', () => {
  const sign = (payload: object, { secret = SECRET, alg = 'HS256' } = {}) =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg }).sign(Buffer.from(secret))
  const soon = Math.floor(NOW / 1_000) + 3_600
  const read = async (token: Promise<string> | string) =>
    tokens.readProof({ token: await token }, SECRET, NOW)

  it('is believed where it is signed, named and short-lived', async () => {
    expect(await read(sign({ sub: '4', name: 'کیمیا', email: 'k@example.com', exp: soon }))).toEqual({
      id: '4',
      name: 'کیمیا',
      email: 'k@example.com',
    })
    expect(await read(sign({ sub: '4', exp: soon, name: 7, email: 'a\0b' }))).toEqual({
      id: '4',
      name: null,
      email: null,
    })
  })

  it.each([
    ['another secret', () => sign({ sub: '4', exp: soon }, { secret: 'a-secret-that-is-not-ours-at-all' })],
    ['another algorithm', () => sign({ sub: '4', exp: soon }, { alg: 'HS512', secret: SECRET.repeat(2) })],
    ['no expiry', () => sign({ sub: '4' })],
    ['an expiry days away', () => sign({ sub: '4', exp: soon + 3 * 86_400 })],
    ['an expiry that is over', () => sign({ sub: '4', exp: soon - 7_200 })],
    ['nobody', () => sign({ exp: soon })],
    ['an empty id', () => sign({ sub: '', exp: soon })],
    ['no signature', () => `${btoa('{"alg":"none"}')}.${btoa(`{"sub":"4","exp":${soon}}`)}.`],
  ])('is not believed with %s', async (_, make) => {
    expect(await read(make())).toBeNull()
  })

  it('may be a keyed digest of the id, and then says nothing else', async () => {
    const hmac = createHmac('sha256', SECRET).update('4').digest('hex')
    expect(await tokens.readProof({ user_id: '4', hmac }, SECRET, NOW)).toEqual({
      id: '4',
      name: null,
      email: null,
    })
    expect(await tokens.readProof({ user_id: '5', hmac }, SECRET, NOW)).toBeNull()
    expect(await tokens.readProof({ user_id: '4', hmac: '0'.repeat(64) }, SECRET, NOW)).toBeNull()
  })
})
