/** Tags that are formatting where they come in pairs. Everything else in a text is what it looks like. */
export type FormatTag = 'b' | 'i' | 'u' | 's' | 'code' | 'pre' | 'blockquote' | 'a'

/** A pair of tags around a part of a text; `href` is set for `a`. */
export interface FormatPair {
  tag: FormatTag
  href: string | null
}

/** A part of what is seen, and the pairs around it from the outermost in. */
export interface FormatRun {
  text: string
  pairs: readonly FormatPair[]
}

export type FormatNode = string | (FormatPair & { children: FormatNode[] })

interface Tag {
  start: number
  end: number
  tag: FormatTag
  href: string | null
  isClosing: boolean
}

/** Longest address that is a link. */
export const MAX_HREF = 2_000
const TAG =
  /<(?:(b|i|u|s|code|pre|blockquote)|a href=(?:"(https?:\/\/[^\s"'<>]+)"|'(https?:\/\/[^\s"'<>]+)')|\/(b|i|u|s|code|pre|blockquote|a))>/g

/** A text as the parts that are seen, in order. */
export function parseFormat(text: string): FormatRun[] {
  const runs: FormatRun[] = []
  let pairs: FormatPair[] = []
  let at = 0
  const say = (until: number) => {
    if (until > at) runs.push({ text: text.slice(at, until), pairs })
  }
  for (const { start, end, tag, href, isClosing } of pairedTags(text)) {
    say(start)
    pairs = isClosing ? pairs.slice(0, -1) : [...pairs, { tag, href }]
    at = end
  }
  say(text.length)
  return runs
}

/** What is seen of a text. */
export const visibleText = (text: string): string =>
  parseFormat(text)
    .map((run) => run.text)
    .join('')

/** True where a text has formatting. */
export const isFormatted = (text: string): boolean => pairedTags(text).length > 0

/** Runs as a tree, to be drawn as nodes; never as HTML. */
export function formatTree(runs: readonly FormatRun[], depth = 0): FormatNode[] {
  const nodes: FormatNode[] = []
  for (let first = 0; first < runs.length; ) {
    const run = runs[first]
    const pair = run?.pairs[depth]
    if (!run || !pair) {
      if (run) nodes.push(run.text)
      first++
      continue
    }
    let next = first + 1
    while (runs[next]?.pairs[depth] === pair) next++
    nodes.push({ ...pair, children: formatTree(runs.slice(first, next), depth + 1) })
    first = next
  }
  return nodes
}

/** A text as it is drawn: quotations and blocks of code stand on lines of their own, so the breaks beside them are not seen. */
export const drawnTree = (text: string): FormatNode[] => withoutBreaks(formatTree(parseFormat(text)))

const withoutBreaks = (nodes: readonly FormatNode[]): FormatNode[] =>
  nodes
    .map((node, at) => {
      if (typeof node !== 'string') return { ...node, children: withoutBreaks(node.children) }
      const after = isBlock(nodes[at - 1]) ? node.replace(/^\n/, '') : node
      return isBlock(nodes[at + 1]) ? after.replace(/\n$/, '') : after
    })
    .filter((node) => node !== '')

const isBlock = (node: FormatNode | undefined): boolean =>
  typeof node === 'object' && (node.tag === 'pre' || node.tag === 'blockquote')

/** Runs with their tags around them; `spell` says how the text between them is written. */
export function writeRuns(runs: readonly FormatRun[], spell = (text: string) => text): string {
  let open: readonly FormatPair[] = []
  let written = ''
  for (const { text, pairs } of [...runs, { text: '', pairs: [] }]) {
    const shared = pairs.findIndex((pair, depth) => pair !== open[depth])
    const kept = shared === -1 ? pairs.length : shared
    for (const { tag } of open.slice(kept).reverse()) written += `</${tag}>`
    for (const pair of pairs.slice(kept)) written += openingOf(pair, spell)
    written += spell(text)
    open = pairs
  }
  return written
}

const openingOf = ({ tag, href }: FormatPair, spell: (text: string) => string): string =>
  href === null ? `<${tag}>` : `<${tag} href="${spell(href)}">`

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** The same as HTML in which nothing but these tags is markup; null where the text has none of them. */
export const formatHtml = (text: string): string | null =>
  isFormatted(text)
    ? writeRuns(parseFormat(text), (plain) => plain.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign))
    : null

/** The tags that come in pairs, properly nested and around something, in order. */
function pairedTags(text: string): Tag[] {
  if (!text.includes('</')) return []
  const tags = tagsOf(text)
  const lastClosing = new Map(tags.filter(({ isClosing }) => isClosing).map(({ tag, start }) => [tag, start]))
  const paired: Tag[] = []
  const open: Tag[] = []
  for (const tag of tags) {
    // Code is shown as it stands: until it ends, no tag is one.
    const inside = open.at(-1)?.tag ?? 'b'
    if (isVerbatim(inside) && !(tag.isClosing && tag.tag === inside)) continue
    if (tag.isClosing) closeTag(open, tag, { paired, text })
    else if ((lastClosing.get(tag.tag) ?? -1) > tag.start) openTag(open, tag)
  }
  return paired.sort((one, other) => one.start - other.start)
}

// No pair is inside another of its kind: the nearest holds.
function openTag(open: Tag[], tag: Tag): void {
  const same = open.findIndex((outer) => outer.tag === tag.tag)
  if (same !== -1) open.splice(same, 1)
  open.push(tag)
}

function closeTag(open: Tag[], tag: Tag, { paired, text }: { paired: Tag[]; text: string }): void {
  const at = open.findLastIndex((one) => one.tag === tag.tag)
  const opening = open[at]
  if (!opening) return
  open.length = at
  if (text.slice(opening.end, tag.start).trim() !== '') paired.push(opening, tag)
}

const isVerbatim = (tag: FormatTag): boolean => tag === 'code' || tag === 'pre'

function tagsOf(text: string): Tag[] {
  const tags: Tag[] = []
  for (const match of text.matchAll(TAG)) {
    const [all, opening, quoted, singlyQuoted, closing] = match
    const href = quoted ?? singlyQuoted ?? null
    const tag = (opening ?? closing ?? 'a') as FormatTag
    const isTooLong = href !== null && href.length > MAX_HREF
    const start = match.index
    if (!isTooLong) tags.push({ start, end: start + all.length, tag, href, isClosing: closing !== undefined })
  }
  return tags
}
