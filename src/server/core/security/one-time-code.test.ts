import { expect, it } from 'vitest'
import { readCode, spellCode } from './one-time-code.ts'

it('is shown in groups and read back whatever happened to them', () => {
  const code = 'abcd0123efgh4567jkmn89pq'
  expect(spellCode(code)).toBe('abcd-0123-efgh-4567-jkmn-89pq')
  for (const typed of [spellCode(code), ' ABCD 0123 EFGH 4567 JKMN 89PQ\n', 'abcd–o123efgh4567jkmn89pq'])
    expect(readCode(typed)).toBe(code)
})

it.each(['123 456', '۱۲۳۴۵۶', '١٢٣٤٥٦', '１２３４５６', 'l23-456', '\u200e123456\u200f'])(
  '%j means 123456',
  (typed) => {
    expect(readCode(typed)).toBe('123456')
  },
)

it('makes no code of what is none', () => {
  expect(['', 'sálam', '12345６7', '😀'].map(readCode)).toEqual(['', 'sá1am', '1234567', '😀'])
})
