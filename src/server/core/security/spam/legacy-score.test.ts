import { describe, expect, it } from 'vitest'
import { isLegacySpam, isUpperCase, legacySpamScore } from './legacy-score.ts'

const varied = (length: number) => 'the quick brown fox '.repeat(50).slice(0, length)

describe('the score of the original service', () => {
  it.each([
    ['nothing', '', 0, false],
    ['an ordinary sentence', 'Where is my order?', 0, false],
    ['22 times A', 'A'.repeat(22), 2, true],
    ['600 times a', 'a'.repeat(600), 2, true],
    ['long capitals with six exclamation marks', 'BUY THIS RIGHT NOW PLEASE!!!!!!', 2, true],
    ['long capitals with five exclamation marks', 'BUY THIS RIGHT NOW PLEASE!!!!!', 1, false],
    ['four short links', 'http://a http://b https://c https://d', 1, false],
    ['AAAA five times', 'AAAA'.repeat(5), 0, false],
    ['a letter of 600 characters', varied(600), 1, false],
    ['all that can come together, as a link is never in capitals', 'http!'.repeat(101), 4, true],
  ])('of %s', (_, content, score, isSpam) => {
    expect(legacySpamScore(content)).toBe(score)
    expect(isLegacySpam(content)).toBe(isSpam)
  })

  it.each([
    ['500 code points, 501', varied(500), varied(501)],
    ['500 emoji, 501', `${'😀🎉🌹👍🙏'.repeat(100)}`, `${'😀🎉🌹👍🙏'.repeat(100)}x`],
    ['three links, four', 'http '.repeat(3), 'http '.repeat(4)],
    ['HTTP four times, http', 'HTTPs xyz '.repeat(4), 'https xyz '.repeat(4)],
    ['20 capitals, 21', 'ABCDEFGHIJKLMNOPQRST', 'ABCDEFGHIJKLMNOPQRSTU'],
    ['21 capitals with a small letter, without', 'ABCDEFGHIJKLMNOPQRSTu', 'ABCDEFGHIJKLMNOPQRSTU'],
    ['five exclamation marks, six', '!!!!!', '!!!!!!'],
    ['five distinct characters, four', `abcde${'e'.repeat(16)}`, `abcdd${'d'.repeat(16)}`],
    ['20 of four distinct characters, 21', 'abcd'.repeat(5), `${'abcd'.repeat(5)}a`],
    ['four distinct and a tab, a space', `abcd\t${'a'.repeat(20)}`, `abcd ${'a'.repeat(20)}`],
    ['four distinct and U+00A0, a space', `abcd\u00a0${'a'.repeat(20)}`, `abcd ${'a'.repeat(20)}`],
  ])('knows the edge between %s', (_, below, above) => {
    expect(legacySpamScore(below)).toBe(0)
    expect(legacySpamScore(above)).toBe(1)
  })

  it('is not asked of what is no text', () => {
    for (const content of [null, undefined, 22, ['A'.repeat(22)], {}])
      expect(isLegacySpam(content)).toBe(false)
  })
})

describe('upper case as Python knows it', () => {
  it.each(['A', 'ABC 123!', 'ÄÖÜ', 'ЖЗИ', 'ΣΩ', 'Ⓐ', 'Ⅷ', 'سلام OK'])('is %s', (text) => {
    expect(isUpperCase(text)).toBe(true)
  })

  it.each(['', ' ', '123', '!!!', 'سلام', '漢字', 'Abc', 'ABCa', 'ABCª', 'ǅ', 'ABCǅ', 'ABCⓐ', 'ABCß'])(
    'is not %s',
    (text) => {
      expect(isUpperCase(text)).toBe(false)
    },
  )
})
