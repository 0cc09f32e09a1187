import type { FormatTag } from '../contract/format.ts'
import type { ChatMessage } from '../emulators/telegram/message-types.ts'

const TAG_OF: Record<string, FormatTag> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  text_link: 'a',
}
const HREF = /^https?:\/\/[^\s"'<>]+$/

/** What Telegram shows formatted, in the tags of contract/format.ts; null where nothing is. */
export function taggedText({ text, entities }: Pick<ChatMessage, 'text' | 'entities'>): string | null {
  const pairs = entities.flatMap(({ type, offset, length, url = '' }) => {
    const tag = TAG_OF[type]
    if (!tag || (tag === 'a' && !HREF.test(url))) return []
    const opening = tag === 'a' ? `<a href="${url}">` : `<${tag}>`
    return [{ start: offset, end: offset + length, opening, closing: `</${tag}>` }]
  })
  if (pairs.length === 0) return null
  // Outermost first; they come nested, so that what opens last closes first.
  pairs.sort((a, b) => a.start - b.start || b.end - a.end)
  let tagged = ''
  for (let at = 0; at <= text.length; at += 1) {
    for (const { closing } of pairs.filter(({ end }) => end === at).reverse()) tagged += closing
    for (const { opening } of pairs.filter(({ start }) => start === at)) tagged += opening
    tagged += text.charAt(at)
  }
  return tagged
}
