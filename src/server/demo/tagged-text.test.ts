import { expect, test } from 'vitest'
import { formatTree, parseFormat, visibleText } from '../contract/format.ts'
import { taggedText } from './tagged-text.ts'

const entity = (type: string, offset: number, length: number, url?: string) => ({
  type,
  offset,
  length,
  ...(url === undefined ? {} : { url }),
})

test('what Telegram shows formatted has its tags, one in the other', () => {
  const text = '🌷 a bold word, and a link'
  const tagged = taggedText({
    text,
    entities: [
      entity('bold', 3, 11),
      entity('italic', 5, 4),
      entity('text_link', 20, 6, 'https://peyk.test/'),
      entity('mention', 0, 2),
    ],
  })
  expect(tagged).toBe('🌷 <b>a <i>bold</i> word</b>, and <a href="https://peyk.test/">a link</a>')
  expect(visibleText(tagged ?? '')).toBe(text)
  expect(formatTree(parseFormat(tagged ?? ''))).toHaveLength(4)
})

test('what has no formatting has none, nor has a link that is no address of the web', () => {
  expect(taggedText({ text: 'plain', entities: [] })).toBeNull()
  expect(taggedText({ text: 'plain', entities: [entity('url', 0, 5)] })).toBeNull()
  const link = entity('text_link', 0, 5, 'javascript:alert(1)')
  expect(taggedText({ text: 'plain', entities: [link] })).toBeNull()
})
