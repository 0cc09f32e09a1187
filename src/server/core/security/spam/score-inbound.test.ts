import { describe, expect, it } from 'vitest'
import { MAX_RECENT } from './history.ts'
import { type InboundText, scoreInbound } from './score-inbound.ts'
import { HOLD, REFUSE, WEIGHTS } from './weights.ts'

const NOW = Date.UTC(2026, 0, 1)
const SECOND = 1_000
const score = (text: string, more: Partial<InboundText> = {}) =>
  scoreInbound({ text, at: NOW, recent: [], isFirstMessage: false, ...more })
const codes = (text: string, more?: Partial<InboundText>) => score(text, more).reasons.map(({ code }) => code)
const repeated = (text: string, times: number, every = 20 * SECOND) =>
  Array.from({ length: times }, (_, index) => ({ text, at: NOW - (times - index) * every }))
const burst = (times: number) =>
  Array.from({ length: times }, (_, index) => ({ text: `line ${index}`, at: NOW - (times - index) * SECOND }))

describe('each reason', () => {
  it.each([
    ['many_links', 'a.com b.com c.com d.com', 'a.com b.com c.com'],
    ['shortened_link', 'https://bit.ly/x', 'https://example.com/x'],
    ['repeated_letters', `سل${'ا'.repeat(15)}م`, `سل${'ا'.repeat(14)}م`],
    ['all_caps', 'ABCDEFGHIJKLMNOPQRSTU', 'ABCDEFGHIJKLMNOPQRST'],
    ['spam_phrase', 'شرط بندی', 'شرط گارانتی، برد با ماست'],
    ['spam_phrase', 'c451no b0nu5', 'bonus'],
    ['spam_phrase', 'be57 ca$ino', 'order 1057455'],
    ['spam_phrase', 'ک.ا.ز.ی.ن.و آ ن ل ا ی ن', 'آنلاین'],
    ['spam_phrase', 'porn', 'a top ornament, popcorn'],
    ['phone_and_link_only', '09121234567 a.com/x', '09121234567'],
    ['phone_and_link_only', '09121234567 a.com/x', 'please call 09121234567 about the shoes at a.com/x'],
    ['hidden_characters', 'a\u200bb\u200bc\u200bd\u200b', 'a\u200bb\u200bc\u200bd'],
    ['hidden_characters', 'photo\u202egpj.exe', '\u200eسلام\u200f'],
    ['hidden_characters', 'c\u200ca\u200cs\u200ci\u200cn', 'می\u200cخواهم iPhone\u200cها'],
    [
      'hidden_characters',
      'hi\u{e0061}\u{e0062}\u{e0063}\u{e0064}',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ],
    ['zalgo', `Z${'\u0301'.repeat(5)}`, `Z${'\u0301'.repeat(4)}`],
  ])('%s is given for %j and not for %j', (code, guilty, innocent) => {
    expect(codes(guilty)).toContain(code)
    expect(codes(innocent)).not.toContain(code)
  })

  it('first_message_link is a stranger’s only, and not to the shop itself', () => {
    expect(codes('see a.com', { isFirstMessage: true })).toEqual(['first_message_link'])
    expect(codes('see a.com')).toEqual([])
    expect(codes('see a.com', { isFirstMessage: true, ownHosts: ['a.com'] })).toEqual([])
  })

  it('repeated_text comes with the third repetition in ten minutes, however disguised', () => {
    const text = 'please look at my offer'
    expect(codes(text, { recent: repeated(text, 2) })).toEqual([])
    expect(codes(text, { recent: repeated('PLEASE look at my 0ffer!! 🎁', 3) })).toEqual(['repeated_text'])
    expect(codes(text, { recent: repeated(text, 3, 11 * 60 * SECOND) })).toEqual([])
    expect(codes('hello?', { recent: repeated('hello?', 9) })).toEqual([])
  })

  it('flood comes with the fifteenth message of a minute', () => {
    expect(codes('next', { recent: burst(14) })).toEqual([])
    expect(codes('next', { recent: burst(15) })).toEqual(['flood'])
  })

  it('counts no more often than its weight says', () => {
    const { reasons } = score('a.com '.repeat(500))
    const { points, most } = WEIGHTS.many_links
    expect(reasons).toEqual([{ code: 'many_links', times: most, points: points * most }])
  })
})

describe('the band', () => {
  it('follows the score, which is the sum of its reasons', () => {
    const texts = ['hello', 'شرط بندی', 'شرط بندی کازینو', 'کازینو آنلاین با بونوس و شرط بندی معتبر']
    const scored = texts.map((text) => score(text))
    for (const { score: total, reasons } of scored)
      expect(total).toBe(reasons.reduce((sum, { points }) => sum + points, 0))
    expect(scored.map(({ band }) => band)).toEqual(['pass', 'pass', 'hold', 'refuse'])
  })

  it('changes exactly at its threshold', () => {
    const held = score('شرط بندی a.com', { isFirstMessage: true })
    expect(held).toMatchObject({ score: HOLD, band: 'hold' })
    const refused = score('please look at my offer', { recent: repeated('please look at my offer', 7) })
    expect(refused).toMatchObject({ score: REFUSE, band: 'refuse' })
    const below = score('please look at my offer', { recent: repeated('please look at my offer', 6) })
    expect(below.band).toBe('hold')
  })

  it('passes an impatient customer and holds a machine', () => {
    const text = 'سلام لطفا جواب بدید'
    expect(score(text, { recent: repeated(text, 4) }).band).toBe('pass')
    expect(score(text, { recent: repeated(text, 5) }).band).toBe('hold')
    expect(score('next', { recent: burst(24) }).band).toBe('pass')
    expect(score('next', { recent: burst(25) }).band).toBe('hold')
  })

  it('looks at the newest recent messages only', () => {
    const text = 'please look at my offer'
    expect(codes(text, { recent: repeated(text, 10, SECOND) })).toEqual(['repeated_text'])
    const recent = [...repeated(text, 10, SECOND), ...burst(MAX_RECENT)]
    expect(codes(text, { recent })).toEqual(['flood'])
  })
})
