import { expect, it } from 'vitest'
import { facts, span, table } from './print.ts'

it('lines up what belongs together, and ends lines where their words end', () => {
  expect(
    table(
      ['who', 'age'],
      [
        ['Sara', '3 h'],
        ['Al', '12 min'],
      ],
    ),
  ).toBe('who   age\nSara  3 h\nAl    12 min')
  expect(facts({ messages_sent: 3, user: 'sara' })).toBe('messages sent  3\nuser           sara')
})

it('lets nothing through that a terminal would obey', () => {
  expect(table(['who'], [['\u001b[31mred\u202e']])).toBe('who\n�[31mred�')
})

it.each([
  [0, '0 s'],
  [-5, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [7_200_000, '2 h'],
  [180_000_000, '2 d'],
])('says %d ms as %s', (ms, words) => expect(span(ms)).toBe(words))
