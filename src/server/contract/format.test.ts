import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  drawnTree,
  type FormatNode,
  formatHtml,
  formatTree,
  isFormatted,
  MAX_HREF,
  parseFormat,
  visibleText,
  writeRuns,
} from './format.ts'

const treeOf = (text: string) => formatTree(parseFormat(text)).map(short)
const short = (node: FormatNode): unknown =>
  typeof node === 'string' ? node : [node.href ?? node.tag, ...node.children.map(short)]

test.each<[string, unknown[]]>([
  ['سلام', ['سلام']],
  ['a <b>b</b> c', ['a ', ['b', 'b'], ' c']],
  ['<b>a<i>b</i></b>', [['b', 'a', ['i', 'b']]]],
  [
    '<blockquote>a</blockquote><pre>b</pre><u>c</u><s>d</s>',
    [
      ['blockquote', 'a'],
      ['pre', 'b'],
      ['u', 'c'],
      ['s', 'd'],
    ],
  ],
  ['<a href="https://a.example/?x=1&y">b</a>', [['https://a.example/?x=1&y', 'b']]],
  ["<a href='http://a.example'>b</a>", [['http://a.example', 'b']]],
  [
    '<b>a</b><b>b</b>',
    [
      ['b', 'a'],
      ['b', 'b'],
    ],
  ],
])('%s is drawn as %j', (text, tree) => {
  expect(treeOf(text)).toEqual(tree)
})

test.each([
  'a < b > c',
  '<b>never closed',
  'never opened</b>',
  '<b> </b>',
  '<b></b>',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<b onclick="x">a</b>',
  '<B>a</B>',
  '<a href="javascript:alert(1)">a</a>',
  '<a href="data:text/html,x">a</a>',
  '<a href="//a.example">a</a>',
  '<a href="https://a.example" onclick="x">a</a>',
  `<a href="https://a.example"'>a</a>`,
  `<a href="https://a.example/${'x'.repeat(MAX_HREF)}">a</a>`,
  '&lt;b&gt;a&lt;/b&gt;',
])('%s is no formatting, and looks as it was written', (text) => {
  expect(parseFormat(text)).toEqual([{ text, pairs: [] }])
  expect(isFormatted(text)).toBe(false)
  expect(formatHtml(text)).toBeNull()
})

test('what does not nest is literal, and what is within it still counts', () => {
  expect(treeOf('<b>a<i>b</b>c</i>')).toEqual([['b', 'a<i>b'], 'c</i>'])
  expect(treeOf('<b>a<b>b</b>c</b>')).toEqual(['<b>a', ['b', 'b'], 'c</b>'])
  expect(treeOf('a <code> b <b>c</b>')).toEqual(['a <code> b ', ['b', 'c']])
})

test('code is shown as it stands', () => {
  expect(treeOf('<code><b>a</b></code> <b>b</b>')).toEqual([['code', '<b>a</b>'], ' ', ['b', 'b']])
  expect(treeOf('<b><code></b></code>x</b>')).toEqual([['b', ['code', '</b>'], 'x']])
})

test('as HTML only the tags are markup', () => {
  expect(formatHtml('<b>1 < 2 & 3</b> <script>')).toBe('<b>1 &lt; 2 &amp; 3</b> &lt;script&gt;')
  expect(formatHtml("<a href='https://a.example/?a&b'>x</a>")).toBe(
    '<a href="https://a.example/?a&amp;b">x</a>',
  )
})

test('thousands of tags that are never closed are read at once', () => {
  const tags = '<b><i><code><a href="https://a.example">'.repeat(250)
  expect(visibleText(tags)).toBe(tags)
  expect(visibleText('<b>x'.repeat(2_000) + '</b>'.repeat(500))).toContain('x')
})

const scraps = [
  '<b>',
  '</b>',
  '<i>',
  '</i>',
  '<code>',
  '</code>',
  '<a href="https://a.example">',
  '</a>',
  ' ',
  'a',
  '👩‍👩‍👧',
  'سلام',
  '<',
  '&',
  '\n',
]
const tagged = fc.array(fc.constantFrom(...scraps), { maxLength: 30 }).map((parts) => parts.join(''))
const plainOf = (nodes: FormatNode[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : plainOf(node.children))).join('')

test('whatever is written, drawing it shows its visible text, and writing it again changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(tagged, fc.string({ unit: 'grapheme' })), (text) => {
      const runs = parseFormat(text)
      expect(plainOf(formatTree(runs))).toBe(visibleText(text))
      expect(writeRuns(runs)).toBe(text)
    }),
  )
})

test('drawn, a block has the breaks beside it for its own, and no others', () => {
  const drawn = drawnTree('a\n<blockquote>b\n</blockquote>\n\n<pre>c</pre>\nd\n<b>e</b>').map(short)
  expect(drawn).toEqual(['a', ['blockquote', 'b\n'], ['pre', 'c'], 'd\n', ['b', 'e']])
})

test('as HTML, no bracket is left that is not a tag’s, and the visible text can be read back', () => {
  const readBack = (html: string) =>
    html
      .replace(/<[^>]*>/g, '')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&')
  fc.assert(
    fc.property(tagged, (text) => {
      const html = formatHtml(text)
      if (html !== null) expect(readBack(html)).toBe(visibleText(text))
    }),
  )
})
