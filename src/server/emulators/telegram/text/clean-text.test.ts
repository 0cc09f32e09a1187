import { describe, expect, it } from 'vitest'
import { cleanText } from './clean-text.ts'
import { withFoundEntities } from './find-entities.ts'

const bold = (offset: number, length: number) => ({ type: 'bold', offset, length })
const cleaned = (text: string) => cleanText({ text, entities: [] }).text

describe('the text that Telegram keeps', () => {
  it('is trimmed, without carriage returns and controls', () => {
    expect(cleaned(' \n a\r\nb\u0007c \n')).toBe('a\nb c')
  })

  it('keeps what Persian needs and loses bidirectional embeddings', () => {
    expect(cleaned('می\u200cخواهم \u200fRTL')).toBe('می\u200cخواهم \u200fRTL')
    expect(cleaned('a\u202bb\u202cc')).toBe('abc')
  })

  it('takes its entities along', () => {
    expect(cleanText({ text: ' \ra\r\rbc  ', entities: [bold(2, 3), bold(5, 4)] })).toEqual({
      text: 'abc',
      entities: [bold(0, 1), bold(1, 2)],
    })
  })

  it('keeps spaces at the beginning that an entity covers', () => {
    expect(cleanText({ text: '  ab', entities: [bold(1, 3)] })).toEqual({
      text: ' ab',
      entities: [bold(0, 3)],
    })
  })

  it('is refused when it shows nothing or is not Unicode', () => {
    for (const nothing of ['', ' ', '\n\r', '\u200b\u2060', '\u3000']) {
      expect(() => cleaned(nothing)).toThrow('text must be non-empty')
    }
    expect(() => cleaned('a\ud800')).toThrow('strings must be encoded in UTF-8')
  })

  it('is refused with entities that lie beside it', () => {
    expect(() => cleanText({ text: 'ab', entities: [bold(2, 1)] })).toThrow(
      /begins after the end of the text/,
    )
    expect(() => cleanText({ text: 'ab', entities: [bold(1, 2)] })).toThrow(/ends after the end of the text/)
    expect(() => cleanText({ text: 'ab', entities: [bold(-1, 2)] })).toThrow(/incorrect offset -1/)
  })
})

describe('the entities that Telegram finds', () => {
  it.each([
    ['/start now', ['bot_command']],
    ['see https://peyk.test/a, or http://b.test', ['url', 'url']],
    ['mail kim@peyk.test', ['email']],
    ['@shop_bot #سفارش_۱۲', ['mention', 'hashtag']],
    ['either/or, 50% & a@b', []],
  ])('in %s', (text, types) => {
    expect(withFoundEntities({ text, entities: [] }).entities.map(({ type }) => type)).toEqual(types)
  })

  it('are not looked for in code', () => {
    const code = { type: 'code', offset: 0, length: 6 }
    expect(withFoundEntities({ text: '/start /stop', entities: [code] }).entities).toEqual([
      code,
      { type: 'bot_command', offset: 7, length: 5 },
    ])
  })
})
