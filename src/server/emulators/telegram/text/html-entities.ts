import type { TextEntity } from '../message-types.ts'
import { type FormattedText, sortEntities } from './formatted-text.ts'
import { readReference } from './html-reference.ts'
import { byteOffset, entityError, readEndTag, readStartTag, type StartTag } from './html-tag.ts'

type Reading = { source: string; text: string; entities: TextEntity[]; open: OpenTag[] }
type OpenTag = StartTag & { offset: number }

const SIMPLE_TYPES = new Map([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['tg-spoiler', 'spoiler'],
  ['span', 'spoiler'],
])
const LANGUAGE_CLASS = 'language-'

/** Telegram's HTML parse mode; what it cannot read is the error that Telegram would answer. */
export function parseHtml(source: string): FormattedText {
  const reading: Reading = { source, text: '', entities: [], open: [] }
  for (let at = 0; at < source.length; ) at = readNext(reading, at)
  const unclosed = reading.open.at(-1)
  if (unclosed) throw entityError(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
  if (/\p{Surrogate}/u.test(reading.text)) {
    throw entityError('Text contains invalid Unicode characters after decoding HTML entities')
  }
  return { text: reading.text, entities: sortEntities(reading.entities.map(withoutCodeLanguage)) }
}

function readNext(reading: Reading, at: number): number {
  const { source } = reading
  if (source[at] === '<') return source[at + 1] === '/' ? closeTag(reading, at) : openTag(reading, at)
  const reference = source[at] === '&' ? readReference(source, at) : null
  reading.text += reference?.text ?? source[at]
  return reference?.end ?? at + 1
}

function openTag(reading: Reading, at: number): number {
  const tag = readStartTag(reading.source, at)
  if (tag.name === 'span' && tag.attributes.get('class') !== 'tg-spoiler') {
    const where = byteOffset(reading.source, at)
    throw entityError(`Tag "span" must have class "tg-spoiler" at byte offset ${where}`)
  }
  reading.open.push({ ...tag, offset: reading.text.length })
  return tag.end
}

function closeTag(reading: Reading, at: number): number {
  const where = `at byte offset ${byteOffset(reading.source, at)}`
  const opened = reading.open.pop()
  if (opened === undefined) throw entityError(`Unexpected end tag ${where}`)
  const { name, end } = readEndTag(reading.source, at)
  if (name !== '' && name !== opened.name) {
    throw entityError(`Unmatched end tag ${where}, expected "</${opened.name}>", found "</${name}>"`)
  }
  if (reading.text.length > opened.offset) addEntity(reading, opened)
  return end
}

function addEntity(reading: Reading, tag: OpenTag): void {
  const range = { offset: tag.offset, length: reading.text.length - tag.offset }
  const inner = reading.entities.at(-1)
  const wrapsCode = inner?.type === 'code' && inner.offset === range.offset && inner.length === range.length
  if (tag.name === 'pre' && wrapsCode && inner.language) {
    reading.entities[reading.entities.length - 1] = { type: 'pre', ...range, language: inner.language }
    return
  }
  const kind = entityKind(tag, reading.text.slice(tag.offset))
  if (kind !== null) reading.entities.push({ ...kind, ...range })
}

function entityKind(tag: OpenTag, text: string): Omit<TextEntity, 'offset' | 'length'> | null {
  const simple = SIMPLE_TYPES.get(tag.name)
  if (simple !== undefined) return { type: simple }
  if (tag.name === 'a') return linkKind(tag.attributes.get('href') || text)
  if (tag.name === 'tg-emoji') return emojiKind(tag.attributes.get('emoji-id') ?? '')
  if (tag.name === 'blockquote') {
    return { type: tag.attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote' }
  }
  if (tag.name === 'pre') return { type: 'pre' }
  const codeClass = tag.attributes.get('class') ?? ''
  if (!codeClass.startsWith(LANGUAGE_CLASS)) return { type: 'code' }
  return { type: 'code', language: codeClass.slice(LANGUAGE_CLASS.length) }
}

/** A link that Telegram would not take stays plain text. */
function linkKind(href: string): { type: string; url: string } | null {
  const address = /^[a-z][a-z0-9+.-]*:/i.test(href) ? href : `http://${href}`
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  if (isWeb ? !url.hostname.includes('.') : url.protocol !== 'tg:') return null
  return { type: 'text_link', url: url.href }
}

function emojiKind(id: string): { type: string; custom_emoji_id: string } {
  if (!/^[1-9]\d*$/.test(id)) throw entityError('Invalid custom emoji identifier specified')
  return { type: 'custom_emoji', custom_emoji_id: id }
}

function withoutCodeLanguage(entity: TextEntity): TextEntity {
  if (entity.type !== 'code') return entity
  return { type: 'code', offset: entity.offset, length: entity.length }
}
