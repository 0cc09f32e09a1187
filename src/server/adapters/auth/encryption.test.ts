import { expect, it } from 'vitest'
import { createCipher } from './encryption.ts'

const KEY = 'ab'.repeat(32)
const cipher = createCipher(KEY)

it('opens what it sealed, byte for byte, and never seals twice alike', () => {
  const text = '{"token":"12:راز\u0000😀"}'
  const sealed = cipher.seal(text)
  expect(cipher.open(sealed)).toBe(text)
  expect(createCipher(KEY.toUpperCase()).open(sealed)).toBe(text)
  expect(cipher.seal(text)).not.toBe(sealed)
  expect(cipher.open(cipher.seal(''))).toBe('')
})

it('does not open what another key sealed', () => {
  expect(() => createCipher('cd'.repeat(32)).open(cipher.seal('secret'))).toThrow()
})

it('does not open an altered text, wherever it was altered', () => {
  const bytes = Buffer.from(cipher.seal('secret').slice(3), 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes)
    altered.writeUInt8((bytes[at] ?? 0) ^ 1, at)
    expect(() => cipher.open(`v1.${altered.toString('base64url')}`)).toThrow()
  }
})

it('refuses an unknown version, a text that is cut off and a key of another length', () => {
  expect(() => cipher.open(cipher.seal('x').replace('v1', 'v2'))).toThrow('unknown version')
  expect(() => cipher.open('v1.AAAA')).toThrow('cut off')
  expect(() => createCipher('ab')).toThrow('64 hexadecimal digits')
})
