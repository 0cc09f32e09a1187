import { createCipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createCipher, type KeyRing } from './encryption.ts'

const [KEY, NEXT, OTHER] = ['ab'.repeat(32), 'cd'.repeat(32), 'ef'.repeat(32)]
const cipher = createCipher(KEY)
const after = createCipher(() => ({ current: NEXT, old: [OTHER, KEY] }))

/** As everything was sealed before keys had names. */
function sealNameless(text: string) {
  const iv = Buffer.alloc(12, 7)
  const sealing = createCipheriv('aes-256-gcm', Buffer.from(KEY, 'hex'), iv).setAAD(Buffer.from('v1'))
  const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()])
  return `v1.${Buffer.concat([iv, sealing.getAuthTag(), sealed]).toString('base64url')}`
}

describe('a cipher', () => {
  it('opens what it sealed, byte for byte, and never seals twice alike', () => {
    const text = '{"token":"12:راز\u0000😀"}'
    const sealed = cipher.seal(text)
    expect(sealed.startsWith(cipher.prefix())).toBe(true)
    expect(cipher.open(sealed)).toBe(text)
    expect(createCipher(KEY.toUpperCase()).open(sealed)).toBe(text)
    expect(cipher.seal(text)).not.toBe(sealed)
    expect(cipher.open(cipher.seal(''))).toBe('')
  })

  it('does not open what another key sealed, whatever name is written on it', () => {
    const sealed = cipher.seal('secret')
    expect(() => createCipher(NEXT).open(sealed)).toThrow('No key opens')
    const renamed = sealed.replace(cipher.prefix(), createCipher(NEXT).prefix())
    expect(() => createCipher(NEXT).open(renamed)).toThrow()
    expect(() => after.open(renamed)).toThrow()
  })

  it('does not open an altered text, wherever it was altered', () => {
    const head = cipher.prefix()
    const bytes = Buffer.from(cipher.seal('secret').slice(head.length), 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes)
      altered.writeUInt8((bytes[at] ?? 0) ^ 1, at)
      expect(() => cipher.open(`${head}${altered.toString('base64url')}`)).toThrow()
    }
  })

  it('refuses an unknown version, a text that is cut off and a key of another length', () => {
    expect(() => cipher.open(cipher.seal('x').replace('v2', 'v3'))).toThrow('unknown version')
    expect(() => cipher.open('v1.AAAA')).toThrow('cut off')
    expect(() => cipher.open(`${cipher.prefix()}AAAA`)).toThrow('cut off')
    expect(() => createCipher('ab')).toThrow('64 hexadecimal digits')
  })

  it('shows no part of a key in what it seals or says', () => {
    expect(cipher.seal('x')).not.toContain(KEY.slice(0, 8))
    expect(() => createCipher('0123zz')).not.toThrow('0123zz')
  })
})

describe('a ring of keys', () => {
  it('opens what its old keys sealed, and seals with the new one alone', () => {
    expect(after.open(cipher.seal('before'))).toBe('before')
    expect(() => cipher.open(after.seal('after'))).toThrow('No key opens')
    expect(createCipher(NEXT).open(after.seal('after'))).toBe('after')
  })

  it('opens what was sealed before keys had names', () => {
    expect(cipher.open(sealNameless('early'))).toBe('early')
    expect(after.open(sealNameless('early'))).toBe('early')
    expect(() => createCipher(NEXT).open(sealNameless('early'))).toThrow('No key opens')
  })

  it('is read again before each seal, and when a key is missing', () => {
    let ring: KeyRing = { current: KEY, old: [] }
    const living = createCipher(() => ring)
    const early = living.seal('early')
    ring = { current: NEXT, old: [KEY] }
    expect(living.open(after.seal('by another process'))).toBe('by another process')
    expect(createCipher(NEXT).open(living.seal('late'))).toBe('late')
    expect(living.open(early)).toBe('early')
  })
})
