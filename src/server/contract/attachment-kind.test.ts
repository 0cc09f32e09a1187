import { expect, it } from 'vitest'
import { kindOfType, kindOn } from './attachment-kind.ts'
import { CAPABILITIES } from './capabilities.ts'

const MB = 1024 * 1024

it.each([
  ['telegram', 'image/png', 1, 'image'],
  ['telegram', 'image/png', 11 * MB, 'file'],
  ['telegram', 'audio/flac', 1, 'file'],
  ['telegram', 'application/zip', 51 * MB, 'too_large'],
  ['instagram', 'image/gif', 1, 'image'],
  ['instagram', 'image/webp', 1, null],
  ['instagram', 'image/png', 9 * MB, 'too_large'],
  ['instagram', 'application/pdf', 1, 'file'],
  ['instagram', 'application/zip', 1, null],
  ['website', 'application/zip', 1, 'file'],
  ['unknown', 'image/png', 1, null],
] as const)('on %s, %s of %i bytes goes as %s', (source, mime, size, kind) => {
  expect(kindOn(CAPABILITIES[source], { kind: kindOfType(mime), mime, size })).toBe(kind)
})
