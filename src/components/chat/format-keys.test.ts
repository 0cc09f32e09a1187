import { expect, it } from 'vitest'
import { tagOfKey, wrap } from './format-keys.ts'

const key = (code: string, change = {}) => ({
  code,
  ctrlKey: true,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...change,
})

it.each([
  ['KeyB', 'b'],
  ['KeyI', 'i'],
  ['KeyU', 'u'],
  ['KeyE', 'code'],
  ['KeyK', 'a'],
  ['KeyC', null],
])('%s is %s with Ctrl or with the command key, and nothing alone', (code, tag) => {
  expect(tagOfKey(key(code))).toBe(tag)
  expect(tagOfKey(key(code, { ctrlKey: false, metaKey: true }))).toBe(tag)
  expect(tagOfKey(key(code, { ctrlKey: false }))).toBeNull()
  expect(tagOfKey(key(code, { shiftKey: true }))).toBeNull()
})

it('surrounds what is selected, and takes the tags away again', () => {
  const { text, start, end } = wrap('سلام', 'b')
  expect([text, start, end]).toEqual(['<b>سلام</b>', 0, 11])
  expect(wrap(text, 'b')).toEqual({ text: 'سلام', start: 0, end: 4 })
})

it('leaves the caret where one goes on writing', () => {
  expect(wrap('', 'i')).toEqual({ text: '<i></i>', start: 3, end: 3 })
  expect(wrap('here', 'a')).toEqual({ text: '<a href="https://">here</a>', start: 17, end: 17 })
})
