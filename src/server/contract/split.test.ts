import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { CAPABILITIES } from './capabilities.ts'
import { visibleText } from './format.ts'
import { lengthFor, splitText, type TextLimit } from './split.ts'

const plain = (max: number, unit: TextLimit['unit'] = 'utf16'): TextLimit => ({ max, unit, formats: 'none' })
const html = (max: number): TextLimit => ({ max, unit: 'utf16', formats: 'html' })

test('a text that fits stays as it stands, white space and all', () => {
  expect(splitText(' a b ', plain(5))).toEqual([' a b '])
  expect(splitText('<b>12345</b>', html(5))).toEqual(['<b>12345</b>'])
})

test.each<[string, string, string[]]>([
  ['a paragraph', 'one two\n\nthree. four', ['one two', 'three. four']],
  ['a line', 'one two\nthree. four', ['one two', 'three. four']],
  ['a sentence', 'one two. three four', ['one two.', 'three four']],
  ['a word', 'one two three four', ['one two', 'three four']],
  ['a Persian question', 'خوبی؟ سلام من هم', ['خوبی؟', 'سلام من هم']],
  ['where a word ends at the limit', 'one two thre four', ['one two thre', 'four']],
  ['nothing better than a character', 'abcdefghijklmnopq', ['abcdefghijkl', 'mnopq']],
])('it is cut after %s', (_, text, parts) => {
  expect(splitText(text, plain(12))).toEqual(parts)
})

test('a good place that is far from the end is passed over', () => {
  expect(splitText('a.\n\nbcdefghij klmnop', plain(16))).toEqual(['a.\n\nbcdefghij', 'klmnop'])
})

test('what is seen as one character is never cut, in any unit', () => {
  const family = '👩‍👩‍👧'
  expect(splitText(family.repeat(3), plain(10))).toEqual([family, family, family])
  expect(splitText(family.repeat(3), plain(20, 'bytes'))).toEqual([family, family, family])
  expect(splitText('سلام', plain(4, 'bytes'))).toEqual(['سل', 'ام'])
})

test('a character longer than a whole part is cut between its code points', () => {
  const parts = splitText(`a${'\u0301'.repeat(20)}😀😀`, plain(8))
  expect(parts.join('')).toBe(`a${'\u0301'.repeat(20)}😀😀`)
  expect(parts.every((part) => part.length <= 8 && !/\p{Cs}/u.test(part))).toBe(true)
})

test('formatting that is cut is closed, and opened again in the next part', () => {
  expect(splitText('<b>one <i>two three</i></b> four', html(8))).toEqual([
    '<b>one <i>two</i></b>',
    '<b><i>three</i></b>',
    'four',
  ])
  expect(splitText('<a href="https://a.example/long">ab cd</a>', html(3))).toEqual([
    '<a href="https://a.example/long">ab</a>',
    '<a href="https://a.example/long">cd</a>',
  ])
})

const scraps = [
  '<b>',
  '</b>',
  '<code>',
  '</code>',
  '<a href="https://a.example">',
  '</a>',
  ' ',
  '\n',
  '\n\n',
  'a',
  'bc.',
  '👩‍👩‍👧',
  'سلام',
  'e\u0301',
  '<',
  '\r\n',
]
const texts = fc.oneof(
  fc.array(fc.constantFrom(...scraps), { maxLength: 60 }).map((all) => all.join('')),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
)
const limits = fc.record<TextLimit>({
  max: fc.integer({ min: 8, max: 40 }),
  unit: fc.constantFrom('utf16', 'bytes', 'code_points'),
  formats: fc.constantFrom('none', 'html'),
})
const edges = (text: string) =>
  new Set([text.length, ...Array.from(new Intl.Segmenter().segment(text), ({ index }) => index)])
const withoutSpace = (text: string) => text.replace(/\s+/g, '')

test('the parts together are the text without white space where it was cut, and each fits', () => {
  fc.assert(
    fc.property(texts, limits, (text, limit) => {
      const parts = splitText(text, limit)
      for (const part of parts) expect(lengthFor(part, limit)).toBeLessThanOrEqual(limit.max)
      const isWhole = parts.length === 1 && parts[0] === text
      if (!isWhole) for (const part of parts) expect(part).toBe(part.trim())
      const seen = limit.formats === 'html' ? visibleText : (part: string) => part
      const together = withoutSpace(parts.map(seen).join(''))
      // Where the tags cannot be kept, they are said as they stand.
      expect([withoutSpace(seen(text)), withoutSpace(text)]).toContain(
        together === withoutSpace(seen(text)) ? together : withoutSpace(parts.join('')),
      )
    }),
    { numRuns: 300 },
  )
})

test('without formatting, every part begins and ends at the edge of a character', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 12, max: 40 }), (text, max) => {
      const all = edges(text)
      let at = 0
      for (const part of splitText(text, plain(max))) {
        const start = text.indexOf(part, at)
        at = start + part.length
        expect([start, all.has(start), all.has(at)]).toEqual([start, true, true])
      }
    }),
  )
})

test('the longest text of the console is split at once', () => {
  const { text, formats } = CAPABILITIES.instagram
  const parts = splitText('سلام دنیا. '.repeat(909), { ...text, formats })
  expect(parts.length).toBeLessThan(25)
  expect(splitText('😀'.repeat(10_000), { ...text, formats })).toHaveLength(40)
})
