import type { TextUnit } from './capabilities.ts'
import { codePoints, utf8Bytes } from './characters.ts'
import { type FormatRun, parseFormat, visibleText, writeRuns } from './format.ts'

export interface TextLimit {
  max: number
  unit: TextUnit
  /** Where tags are formatting, only what is seen counts, and a pair that is cut is closed and opened again. */
  formats: 'none' | 'html'
}

/** How long a text is for a platform. */
export function lengthFor(text: string, { unit, formats }: Omit<TextLimit, 'max'>): number {
  const seen = formats === 'html' ? visibleText(text) : text
  return measure(seen, unit)
}

/**
 * A text as the messages that carry it: one, as it stands, where it fits; else parts that do, cut between paragraphs, lines,
 * sentences or words where one is near, never in what is seen as one character, without the white space at their edges.
 */
export function splitText(text: string, limit: TextLimit): string[] {
  if (lengthFor(text, limit) <= limit.max) return [text]
  const runs: FormatRun[] = limit.formats === 'html' ? parseFormat(text) : [{ text, pairs: [] }]
  const seen = runs.map((run) => run.text).join('')
  const cuts = cutsOf(seen, limit)
  const parts = cuts.map(([start, end]) => writeRuns(within(runs, start, end)))
  // Tags that were literal because of others beyond the cut may pair without them; then all of them are taken as they stand.
  const isTrue = cuts.every(
    ([start, end], nth) => readBack(parts[nth] ?? '', limit) === seen.slice(start, end),
  )
  return isTrue ? parts : cutsOf(text, limit).map(([start, end]) => text.slice(start, end))
}

const readBack = (part: string, { formats }: TextLimit): string =>
  formats === 'html' ? visibleText(part) : part

function measure(text: string, unit: TextUnit): number {
  if (unit === 'utf16') return text.length
  return unit === 'bytes' ? utf8Bytes(text) : codePoints(text)
}

type Cut = [start: number, end: number]

/** How far before the end of a part a better place to cut is looked for. */
const NEAR = 0.7

function cutsOf(text: string, limit: TextLimit): Cut[] {
  const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)
  // Asked at single places: walking over all of them takes a hundred times as long.
  const edgeBefore = (at: number): number => characters.containing(at)?.index ?? text.length
  const cuts: Cut[] = []
  for (let start = edgeBefore(spaceEnd(text, 0)); start < text.length; ) {
    const most = furthest(text, start, limit)
    const edge = edgeBefore(most)
    // One that is longer than a whole part falls into its code points.
    const end =
      most === text.length ? most : bestCut(text, { start, end: edge > start ? edge : most, edgeBefore })
    cuts.push([start, start + text.slice(start, end).trimEnd().length])
    start = Math.max(end, edgeBefore(spaceEnd(text, end)))
  }
  return cuts
}

function spaceEnd(text: string, from: number): number {
  const space = /\s*/y
  space.lastIndex = from
  space.exec(text)
  return space.lastIndex
}

/** Up to where a part that begins here may go, between code points. */
function furthest(text: string, start: number, { max, unit }: TextLimit): number {
  let size = 0
  let at = start
  while (at < text.length) {
    const point = String.fromCodePoint(text.codePointAt(at) ?? 0)
    size += measure(point, unit)
    if (size > max) return at
    at += point.length
  }
  return at
}

interface Part {
  start: number
  end: number
  edgeBefore: (at: number) => number
}

const [PARAGRAPH, LINE, SENTENCE, WORD] = [/\r?\n[^\S\n]*\n/y, /\r?\n/y, /(?<=[.!?؟۔。…])\s/y, /\s/y]

/** The last good place in a part: the white space there is left out. */
function bestCut(text: string, { start, end, edgeBefore }: Part): number {
  for (const place of [PARAGRAPH, LINE, SENTENCE, WORD]) {
    const least = place === WORD ? start + 1 : Math.max(start + 1, end - (end - start) * NEAR)
    for (let at = end; at >= least; at--) {
      place.lastIndex = at
      if (place.test(text) && edgeBefore(at) === at) return at
    }
  }
  return end
}

/** What of the runs lies between two places of what is seen. */
function within(runs: readonly FormatRun[], start: number, end: number): FormatRun[] {
  const found: FormatRun[] = []
  let at = 0
  for (const { text, pairs } of runs) {
    const part = text.slice(Math.max(0, start - at), Math.max(0, end - at))
    if (part !== '') found.push({ text: part, pairs })
    at += text.length
  }
  return found
}
