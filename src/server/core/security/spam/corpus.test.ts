import { describe, expect, it } from 'vitest'
import { GENUINE, SPAM } from './corpus.testing.ts'
import { scoreInbound } from './score-inbound.ts'

const score = (text: string, isFirstMessage = true) =>
  scoreInbound({ text, at: 0, recent: [], isFirstMessage })

const inWords = (text: string, disguise: (word: string) => string) =>
  text.replace(/(?<!\S)(?!\S*[./])\S+/g, disguise)

const between = (mark: string) => (text: string) =>
  inWords(text, (word) => word.replace(/(?<=\p{L})(?=\p{L})/gu, mark))

const swap = (from: string, into: string) => (text: string) =>
  inWords(text, (word) =>
    Array.from(word, (letter) => Array.from(into)[Array.from(from).indexOf(letter)] ?? letter).join(''),
  )

const DISGUISES: [name: string, (text: string) => string][] = [
  ['with ZWNJ inside words', between('\u200c')],
  ['with zero-width spaces inside words', between('\u200b')],
  ['with tatweel inside words', between('\u0640')],
  ['with vowel signs', between('\u064e')],
  ['with Arabic letters', swap('یکه', 'يكة')],
  ['with repeated letters', (text) => inWords(text, (word) => word.replace(/\p{L}/u, '$&$&$&$&'))],
  ['with digits for vowels', swap('oie', '013')],
  ['with Cyrillic letters', swap('aeopcx', 'аеорсх')],
  [
    'in full width',
    swap(
      'abcdefghijklmnopqrstuvwxyz0123456789',
      'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９',
    ),
  ],
  ['with Persian digits', swap('0123456789', '۰۱۲۳۴۵۶۷۸۹')],
  ['in capitals', (text) => inWords(text, (word) => word.toUpperCase())],
]

const SEVERITY = { pass: 0, hold: 1, refuse: 2 }

describe('what customers write', () => {
  it('is in the table often enough to mean anything', () => {
    expect(new Set(GENUINE).size).toBeGreaterThanOrEqual(40)
    expect(new Set(SPAM).size).toBeGreaterThanOrEqual(30)
  })

  it.each(GENUINE)('passes: %s', (text) => {
    expect(score(text)).toMatchObject({ band: 'pass' })
    expect(score(text, false)).toMatchObject({ band: 'pass' })
  })
})

describe('what spam writes', () => {
  it.each(SPAM)('does not pass: %s', (text) => {
    expect(score(text).band).not.toBe('pass')
  })

  it.each(DISGUISES)('keeps its band or falls into a worse one %s', (_, disguise) => {
    for (const text of SPAM) {
      const [plain, disguised] = [score(text), score(disguise(text))]
      expect(SEVERITY[disguised.band], disguise(text)).toBeGreaterThanOrEqual(SEVERITY[plain.band])
    }
  })

  it('is disguised by each of the disguises, or they would prove nothing', () => {
    for (const [name, disguise] of DISGUISES)
      expect(
        SPAM.some((text) => disguise(text) !== text),
        name,
      ).toBe(true)
  })
})
