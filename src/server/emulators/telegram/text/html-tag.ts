import { type BotApiError, badRequest } from '../bot-api/bot-api-error.ts'
import { decodeReferences } from './html-reference.ts'

export type StartTag = { name: string; attributes: Map<string, string>; end: number }
type EndTag = { name: string; end: number }

const TAG_NAMES = new Set(
  'a b strong i em s strike del u ins tg-spoiler tg-emoji span pre code blockquote'.split(' '),
)
const NAME = /[^\s>]*/y
const ATTRIBUTE = /\s*([^\s=>]*)\s*(=?)\s*/y
const NAME_TOKEN = /[A-Za-z0-9.-]*/y
const SPACE = /\s*/y

/** The error that Telegram answers when it cannot read the markup. */
export function entityError(reason: string): BotApiError {
  return badRequest(`can't parse entities: ${reason}`)
}

/** Telegram counts offsets in errors in bytes of UTF-8. */
export function byteOffset(source: string, index: number): number {
  return Buffer.byteLength(source.slice(0, index))
}

export function readStartTag(source: string, begin: number): StartTag {
  const name = take(NAME, source, begin + 1)
  const where = `at byte offset ${byteOffset(source, begin)}`
  let at = begin + 1 + name.length
  if (at >= source.length) throw entityError(`Unclosed start tag ${where}`)
  const tag: StartTag = { name: name.toLowerCase(), attributes: new Map(), end: at }
  if (!TAG_NAMES.has(tag.name)) throw entityError(`Unsupported start tag "${tag.name}" ${where}`)
  at += take(SPACE, source, at).length
  while (source[at] !== '>') {
    at = readAttribute(source, at, tag, where)
    at += take(SPACE, source, at).length
    if (at >= source.length) throw entityError(`Unclosed start tag ${where}`)
  }
  return { ...tag, end: at + 1 }
}

export function readEndTag(source: string, begin: number): EndTag {
  const name = take(NAME, source, begin + 2)
  let at = begin + 2 + name.length
  at += take(SPACE, source, at).length
  if (source[at] !== '>') throw entityError(`Unclosed end tag at byte offset ${byteOffset(source, begin)}`)
  return { name: name.toLowerCase(), end: at + 1 }
}

function readAttribute(source: string, at: number, tag: StartTag, where: string): number {
  ATTRIBUTE.lastIndex = at
  const [whole, name = '', equals] = ATTRIBUTE.exec(source) ?? ['']
  if (name === '') throw entityError(`Empty attribute name in the tag "${tag.name}" ${where}`)
  const valueAt = at + whole.length
  if (equals !== '=') {
    if (tag.name !== 'blockquote' || name !== 'expandable') {
      const problem = `Expected equal sign in declaration of an attribute of the tag "${tag.name}"`
      throw entityError(`${problem} ${where}`)
    }
    tag.attributes.set(name, '')
    return valueAt
  }
  if (valueAt >= source.length) throw entityError(`Unclosed start tag "${tag.name}" ${where}`)
  const value = readValue(source, valueAt)
  tag.attributes.set(name, value.text)
  return value.end
}

function readValue(source: string, at: number): { text: string; end: number } {
  const quote = source[at]
  if (quote === '"' || quote === "'") {
    const close = source.indexOf(quote, at + 1)
    const end = close === -1 ? source.length : close
    return { text: decodeReferences(source.slice(at + 1, end)), end: Math.min(end + 1, source.length) }
  }
  const token = take(NAME_TOKEN, source, at)
  const next = source[at + token.length]
  if (next !== undefined && !/[\s>]/.test(next)) {
    throw entityError(`Unexpected end of name token at byte offset ${byteOffset(source, at)}`)
  }
  return { text: token.toLowerCase(), end: at + token.length }
}

function take(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? ''
}
