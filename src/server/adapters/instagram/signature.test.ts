import { createHmac } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { APP, instagramAt } from './graph.testing.ts'

const open = () => instagramAt('http://nobody.invalid')

describe('a body', () => {
  const body = Buffer.from('{"a":"\\u0633"}')
  const signed = (secret: string, of = body) => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(of).digest('hex')}`,
  })

  it('is believed with the signature over its very bytes', () => {
    expect(open().verify(null, signed(APP.appSecret), body)).toBe(true)
    expect(open().verify(null, signed(APP.appSecret), Buffer.from('{"a":"س"}'))).toBe(false)
  })

  it('is refused with another signature, a part of one, or none', () => {
    const good = signed(APP.appSecret)['x-hub-signature-256']
    for (const headers of [
      {},
      signed('another secret'),
      signed(''),
      { 'x-hub-signature-256': '' },
      { 'x-hub-signature-256': 'sha256=' },
      { 'x-hub-signature-256': good.slice(0, -2) },
      { 'x-hub-signature-256': `${good}00` },
      { 'x-hub-signature-256': good.replace('sha256', 'sha1') },
      { 'x-hub-signature-256': [good, good] },
      { 'x-hub-signature': good },
    ])
      expect(open().verify(null, headers, body), JSON.stringify(headers)).toBe(false)
  })

  it('is refused where there is no secret to sign with', () => {
    const unsecret = instagramAt('http://nobody.invalid', {})
    expect(unsecret.verify(null, signed(''), body)).toBe(false)
  })
})

test('Instagram’s question is answered with its own word, for the right token alone', () => {
  const ask = (query: Record<string, string>, platform = open()) =>
    platform.challenge?.(new URLSearchParams(query))
  const right = { 'hub.mode': 'subscribe', 'hub.verify_token': APP.verifyToken, 'hub.challenge': '115"<b>' }
  expect(ask(right)).toBe('115"<b>')
  expect(ask({ ...right, 'hub.verify_token': 'wrong' })).toBeNull()
  expect(ask({ ...right, 'hub.mode': 'unsubscribe' })).toBeNull()
  expect(ask({ 'hub.mode': 'subscribe', 'hub.challenge': '1' })).toBeNull()
  const unset = instagramAt('http://nobody.invalid', {})
  expect(ask({ ...right, 'hub.verify_token': '' }, unset)).toBeNull()
})
