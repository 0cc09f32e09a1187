import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_FOLDED } from './fold.ts'
import { normaliseForSpam } from './normalise.ts'

const MAX_CODE_POINT = 0x10ffff
const CHUNK = 256
const BUDGET_MS = 200

describe('a text made plain for the spam rules', () => {
  it.each([
    ['Arabic ye and kaf', 'كي علي', 'کی علی'],
    ['a dotless ye', 'موسى', 'موسی'],
    ['presentation forms', 'ﺷﺮﻁ', 'شرط'],
    ['ZWNJ and ZWJ', 'می\u200cخوا\u200dهم', 'میخواهم'],
    ['tatweel', 'شـــرط', 'شرط'],
    ['vowel signs', 'شَرْطِ', 'شرط'],
    ['bidi controls and zero widths', '\u202eab\u2066c\u200b\ufeffd\u2069\u061c', 'abcd'],
    ['Persian and Arabic digits', '۰۹۱۲ ٣٤٥', '0912 345'],
    ['full width', 'ＣＡＳＩＮＯ １００％', 'casino 100%'],
    ['mathematical letters and digits', '𝐂𝐚𝐬𝐢𝐧𝐨 𝟏𝟎', 'casino 10'],
    ['accents and zalgo', 'c\u0301\u0302\u0303a\u0336s\u0337ino', 'casino'],
    ['drawn-out words', 'سلاااااام sooooo', 'سلاام soo'],
    ['white space', ' a\t\u00a0\n b\u3000', 'a b'],
  ])('has %s folded', (_, text, plain) => {
    expect(normaliseForSpam(text)).toBe(plain)
  })

  it('keeps doubled letters, repeated digits and punctuation', () => {
    expect(normaliseForSpam('hello 0000 !!! مکرر')).toBe('hello 0000 !!! مکرر')
  })

  it('is the same when made plain again, for every single character', () => {
    for (let first = 0; first <= MAX_CODE_POINT; first += CHUNK) {
      const all = Array.from({ length: CHUNK }, (_, index) => String.fromCodePoint(first + index))
      const once = normaliseForSpam(all.join('\n'))
      expect(normaliseForSpam(once), `from U+${first.toString(16)}`).toBe(once)
    }
  }, 30_000)

  it('is the same when made plain again, for any text', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme' }))
    const runs = fc.array(fc.tuple(fc.string({ unit: 'binary', maxLength: 2 }), fc.nat(5)))
    const repeated = runs.map((all) => all.map(([part, times]) => part.repeat(times)).join(''))
    const property = fc.property(fc.oneof(text, repeated), (any) => {
      const once = normaliseForSpam(any)
      expect(normaliseForSpam(once)).toBe(once)
    })
    fc.assert(property, { numRuns: 500 })
  }, 30_000)

  it('ends at its bound, and is the same when made plain again there', () => {
    const ligatures = '\ufdfa'.repeat(MAX_FOLDED)
    const once = normaliseForSpam(ligatures)
    expect(once.length).toBeLessThanOrEqual(MAX_FOLDED)
    expect(normaliseForSpam(once)).toBe(once)
  })

  it('takes time in proportion to a run of marks that sorting would square', () => {
    const marks = `a${'\u0301'.repeat(100_000)}${'\u0316'.repeat(100_000)}`
    const started = process.cpuUsage()
    expect(normaliseForSpam(marks)).toBe('a')
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(BUDGET_MS)
  })
})
