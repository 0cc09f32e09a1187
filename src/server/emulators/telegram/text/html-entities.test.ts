import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHtml } from './html-entities.ts'

describe('Telegram HTML', () => {
  it.each([
    ['<b>bold</b> plain', 'bold plain', [{ type: 'bold', offset: 0, length: 4 }]],
    [
      '<b>a<i>b</i></b>',
      'ab',
      [
        { type: 'bold', offset: 0, length: 2 },
        { type: 'italic', offset: 1, length: 1 },
      ],
    ],
    ['🙂 <u>سلام</u>', '🙂 سلام', [{ type: 'underline', offset: 3, length: 4 }]],
    [
      '<a href="https://peyk.test/?a=1&amp;b=2">link</a>',
      'link',
      [{ type: 'text_link', offset: 0, length: 4, url: 'https://peyk.test/?a=1&b=2' }],
    ],
    ['<a href="nowhere">link</a>', 'link', []],
    [
      '<a>https://peyk.test</a>',
      'https://peyk.test',
      [{ type: 'text_link', offset: 0, length: 17, url: 'https://peyk.test/' }],
    ],
    [
      '<pre><code class="language-ts">let a</code></pre>',
      'let a',
      [{ type: 'pre', offset: 0, length: 5, language: 'ts' }],
    ],
    ['<code class="language-ts">a</code>', 'a', [{ type: 'code', offset: 0, length: 1 }]],
    ['<span class="tg-spoiler">x</span>', 'x', [{ type: 'spoiler', offset: 0, length: 1 }]],
    ['<blockquote expandable>x</blockquote>', 'x', [{ type: 'expandable_blockquote', offset: 0, length: 1 }]],
    [
      '<tg-emoji emoji-id="536">🙂</tg-emoji>',
      '🙂',
      [{ type: 'custom_emoji', offset: 0, length: 2, custom_emoji_id: '536' }],
    ],
    ['<B >x</B >', 'x', [{ type: 'bold', offset: 0, length: 1 }]],
    ['<b>x</>', 'x', [{ type: 'bold', offset: 0, length: 1 }]],
    ['<b></b>nothing', 'nothing', []],
    ['&lt;b&gt; &amp; &quot;&#1587;&#x633; &nbsp; &unknown; & &#0;', '<b> & "سس &nbsp; &unknown; & &#0;', []],
  ])('reads %s', (source, text, entities) => {
    expect(parseHtml(source)).toEqual({ text, entities })
  })

  it.each([
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['<b>x<i>y</b></i>', 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
    ['a < b', 'Unsupported start tag "" at byte offset 2'],
    ['سلام <p>x</p>', 'Unsupported start tag "p" at byte offset 9'],
    ['x <b', 'Unclosed start tag at byte offset 2'],
    ['<a href>x</a>', 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'],
    ['<a href=x!>y</a>', 'Unexpected end of name token at byte offset 8'],
    ['<a href="x>y</a>', 'Unclosed start tag at byte offset 0'],
    ['<a =x>y</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<tg-emoji emoji-id="no">x</tg-emoji>', 'Invalid custom emoji identifier specified'],
  ])('refuses %s', (source, reason) => {
    expect(() => parseHtml(source)).toThrow(`Bad Request: can't parse entities: ${reason}`)
  })

  it('gives back any text that was escaped', () => {
    const escapeHtml = (text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(parseHtml(`<b>${escapeHtml(text)}</b>`)).toEqual({
          text,
          entities: text === '' ? [] : [{ type: 'bold', offset: 0, length: text.length }],
        })
      }),
    )
  })

  it('either reads or refuses in its own words, whatever it is given', () => {
    const bits = fc.constantFrom('<', '>', '/', 'b', 'a', ' ', 'href', '=', '"', '&', '#', 'x', ';', 'ن')
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 24 }), (parts) => {
        try {
          const { text, entities } = parseHtml(parts.join(''))
          for (const { offset, length } of entities) expect(offset + length).toBeLessThanOrEqual(text.length)
        } catch (error) {
          expect(String(error)).toContain("can't parse entities: ")
        }
      }),
    )
  })
})
