import { LinkifyIt } from 'linkify-it'

type TextPart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string }

// Only addresses that a browser opens in a page or a mail program; a message must not start anything else.
const linkify = new LinkifyIt().set({ fuzzyLink: true, fuzzyEmail: true }).add('ftp:', null).add('//', null)

const MAX_LINKS = 100

/** A text cut into words and the addresses among them, as they were written. */
export const splitLinks = (text: string): TextPart[] => {
  const parts: TextPart[] = []
  let from = 0
  for (const { index, lastIndex, url } of (linkify.match(text) ?? []).slice(0, MAX_LINKS)) {
    if (index > from) parts.push({ kind: 'text', text: text.slice(from, index) })
    parts.push({ kind: 'link', text: text.slice(index, lastIndex), href: url })
    from = lastIndex
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) })
  return parts
}
