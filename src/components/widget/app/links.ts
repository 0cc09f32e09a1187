export interface Part {
  text: string
  href: string | null
}

const LINK = /\bhttps?:\/\/[^\s<>"']+|\bwww\.[^\s<>"']+\.[^\s<>"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi
/** What ends a sentence is no part of an address in it. */
const TRAILING = /[.,:;!?…،؛؟)\]}»]+$/
const MAX_LINKS = 50

/** A text cut into words and the addresses among them. Nothing but pages and mail is ever a link. */
export function splitLinks(text: string): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const match of [...text.matchAll(LINK)].slice(0, MAX_LINKS)) {
    const found = match[0].replace(TRAILING, '')
    const href = hrefOf(found)
    if (!href) continue
    if (match.index > at) parts.push({ text: text.slice(at, match.index), href: null })
    parts.push({ text: found, href })
    at = match.index + found.length
  }
  if (at < text.length) parts.push({ text: text.slice(at), href: null })
  return parts
}

function hrefOf(text: string): string | null {
  if (!/^(https?:|www\.)/i.test(text)) return text.includes('@') ? `mailto:${text}` : null
  const url = /^www\./i.test(text) ? `https://${text}` : text
  return URL.canParse(url) ? url : null
}
