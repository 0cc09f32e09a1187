import { expect, it } from 'vitest'
import { codePoints, holdsUnstorable, isUnstorable, storable, strip } from './characters.ts'

it('counts a character outside the first plane once', () => {
  expect(codePoints('سلام 🌷')).toBe(6)
  expect(codePoints('')).toBe(0)
})

it('refuses NUL and half of a surrogate pair, and nothing else', () => {
  for (const text of ['a\0b', '\ud83c', '\udf37', '🌷\udf37', '\ud83c\ud83c\udf37']) {
    expect(isUnstorable(text), JSON.stringify(text)).toBe(true)
  }
  for (const text of ['', '🌷', '\u0001', '\ufeff', 'نمی‌شود', '👩‍💻']) {
    expect(isUnstorable(text), JSON.stringify(text)).toBe(false)
  }
})

it('makes a text storable, and alters nothing that is', () => {
  expect(storable('a\0b \ud83c! \udf37\ud83c\udf37')).toBe('a\ufffdb \ufffd! \ufffd🌷')
  for (const text of ['', '🌷', '\u0001', '\ufeff', 'نمی‌شود', '👩‍💻']) expect(storable(text)).toBe(text)
})

it('finds it anywhere in a JSON value, keys included', () => {
  for (const value of ['\0', ['a', { b: '\ud800' }], { 'a\0': 1 }, { a: [[{ b: '\udc00' }]] }])
    expect(holdsUnstorable(value), JSON.stringify(value)).toBe(true)
  for (const value of [null, 0, false, '', [], {}, { a: ['🌷', { b: null }] }])
    expect(holdsUnstorable(value), JSON.stringify(value)).toBe(false)
})

it('strips what Python strips, at the ends only', () => {
  expect(strip('\u001c \u0085 a \u00a0b\u3000\n')).toBe('a \u00a0b')
  expect(strip('\ufeff')).toBe('\ufeff')
  expect(strip('\u200c')).toBe('\u200c')
})
