const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

const INVISIBLE =
  /[\u00ad\u115f\u1160\u180e\u200b\u202a\u202b\u202c\u2060-\u2064\u2066-\u2069\u3164\ufeff\uffa0\u{e0000}-\u{e007f}]/gu
const REGIONAL_FLAG = /\u{1f3f4}[\u{e0030}-\u{e007a}]{3,6}\u{e007f}/gu
const OVERRIDE = /[\u202d\u202e]/g
const LATIN_JOINERS = /(?<=[a-z])[\u200c\u200d]+(?=[a-z])/gi
const HIDDEN_STEP = 4
const LETTERS_PER_NON_JOINER = 4

// Persian writes with ZWNJ, an emoji with ZWJ, and a phone copies a number between bidi marks: only an excess is strange.
const strangeNonJoiners = (text: string): number =>
  Math.max(0, count(text, /\u200c/g) - Math.ceil(count(text, /\p{L}/gu) / LETTERS_PER_NON_JOINER))

/** How many times over a text holds characters that nobody sees; an override of direction is one time by itself. */
export function timesHidden(text: string): number {
  const joiners = Math.max(count(text, LATIN_JOINERS), strangeNonJoiners(text))
  const invisible = count(text.replace(REGIONAL_FLAG, ''), INVISIBLE)
  return count(text, OVERRIDE) + Math.floor((invisible + joiners) / HIDDEN_STEP)
}

/** Letters buried under marks. Burmese stacks four with good reason. */
export const timesZalgo = (text: string): number => count(text, /\p{M}{5,}/gu)

const LAUGH = 15

/** How many times over the longest run of one letter is longer than a laugh or a drawn-out word. */
export function timesRepeatedLetters(folded: string): number {
  const runs = folded.match(/(\p{L})\1{14,}/gu) ?? []
  return Math.floor(runs.reduce((longest, { length }) => Math.max(longest, length), 0) / LAUGH)
}
