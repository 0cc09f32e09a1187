import { expect, test } from 'vitest'
import { formatChats, readChats } from './chats-in-url.ts'

test.each([
  ['1', [1]],
  ['2,1', [2, 1]],
  ['1,1', [1]],
  ['1,2,3', [1, 2]],
  ['9,3', [3]],
  [null, [2]],
  ['', [2]],
  ['x,-1,1e9', [2]],
])('%j opens %j', (value, chats) => {
  expect(readChats(value, [1, 2, 3], 2)).toEqual(chats)
})

test('where nobody is there no phone is open', () => {
  expect(readChats('1', [], undefined)).toEqual([])
})

test('what is written is read back', () => {
  const query = new URL(formatChats([3, 1]), 'http://peyk.test').searchParams
  expect(readChats(query.get('chats'), [1, 2, 3], undefined)).toEqual([3, 1])
})
