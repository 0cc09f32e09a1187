import { expect, test } from 'vitest'
import type { SimulatedPerson } from '../../server/contract/simulator.ts'
import { firstChats, formatChats, readChats, withChat } from './chats-in-url.ts'

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
  expect(readChats(value, [1, 2, 3], [2])).toEqual(chats)
})

test('where nobody is there no phone is open', () => {
  expect(readChats('1', [], [])).toEqual([])
})

const person = (
  chatId: number,
  platform: SimulatedPerson['platform'],
  lang: SimulatedPerson['lang'],
): SimulatedPerson => ({ chatId, platform, firstName: 'A', lastName: null, username: null, lang })
const people = [
  person(1, 'telegram', 'fa'),
  person(2, 'telegram', 'en'),
  person(3, 'instagram', 'fa'),
  person(4, 'instagram', 'fa'),
]

test('a phone of each platform is open first, in the language of the page where somebody speaks it', () => {
  expect(firstChats(people, 'en')).toEqual([2, 3])
  expect(firstChats([], 'en')).toEqual([])
})

test.each([
  [[1, 3], 2, [2, 3]],
  [[1, 3], 4, [1, 4]],
  [[1], 3, [1, 3]],
  [[1, 2], 3, [1, 3]],
  [[1, 3], 3, [1, 3]],
])('beside %j the phone %i makes %j', (open, chat, after) => {
  expect(withChat(people, open, chat)).toEqual(after)
})

test('what is written is read back', () => {
  const query = new URL(formatChats([3, 1]), 'http://peyk.test').searchParams
  expect(readChats(query.get('chats'), [1, 2, 3], [])).toEqual([3, 1])
})
