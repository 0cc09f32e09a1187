import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreInbound } from './score-inbound.ts'

const CODE_POINTS = 10_000
const BUDGET_MS = 20
const ROUNDS = 5

const score = (text: string, recent: { text: string; at: number }[] = []) =>
  scoreInbound({ text, at: 0, recent, isFirstMessage: true })

const fill = (part: string) => part.repeat(Math.ceil(CODE_POINTS / [...part].length))

const HOSTILE: [name: string, text: string][] = [
  ['one letter', fill('a')],
  ['pairs of letters', fill('aab')],
  ['digits', fill('0')],
  ['a phone that never ends', fill('1 ')],
  ['a phone that never comes', `1${fill('(')}`],
  ['dots', fill('a.')],
  ['dashes', fill('a-')],
  ['a host without end', fill('a.com.')],
  ['schemes', fill('http')],
  ['schemes with slashes', fill('http://')],
  ['www', fill('www.')],
  ['spaces', fill(' ')],
  ['marks in the wrong order', `a${'\u0301'.repeat(CODE_POINTS / 2)}${'\u0316'.repeat(CODE_POINTS / 2)}`],
  ['marks that come out of letters', fill('\uff9e\uff9f')],
  ['joiners', fill('a\u200c')],
  ['nothing but joiners', fill('\u200c')],
  ['tags without a flag', fill('\u{e0061}')],
  ['the longest ligature', fill('\ufdfa')],
  ['Persian text', fill('سایت شرط بندی معتبر ')],
  ['emoji', fill('👨‍👩‍👧‍👦')],
  ['halves of surrogate pairs', fill('\ud83d\u0020')],
]

// The process's own time, so that a busy machine does not fail the test; the fastest round has no collection in it.
const fastest = (work: () => void): number => {
  const times = Array.from({ length: ROUNDS }, () => {
    const started = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(started)
    return (user + system) / 1_000
  })
  return Math.min(...times)
}

describe('the score of a hostile text', () => {
  it('never throws, and is the sum of reasons that count', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
    )
    const recent = fc.array(fc.record({ text, at: fc.integer() }), { maxLength: 5 })
    const property = fc.property(text, recent, (any, before) => {
      const { score: total, reasons } = score(any, before)
      expect(reasons.every(({ times, points }) => times > 0 && points > 0)).toBe(true)
      expect(total).toBe(reasons.reduce((sum, { points }) => sum + points, 0))
    })
    fc.assert(property, { numRuns: 200 })
  }, 30_000)

  it.each(HOSTILE)('takes well under 20 ms for 10,000 characters of %s', (_, text) => {
    expect(fastest(() => score(text))).toBeLessThan(BUDGET_MS)
  })

  it('does not take longer for a text without end or a long memory', () => {
    const recent = Array.from({ length: 1_000 }, (_, index) => ({ text: fill('سلام '), at: -index }))
    expect(fastest(() => score(fill('سلام ').repeat(50), recent))).toBeLessThan(2 * BUDGET_MS)
  })
})
