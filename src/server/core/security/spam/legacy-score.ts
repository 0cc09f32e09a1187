import { codePoints } from '../../../contract/characters.ts'

/** From this score on a text is spam to the original rules. */
export const LEGACY_SPAM_SCORE = 2

const LONG = 500
const SHOUTED = 20
const MAX_LINKS = 3
const MAX_EXCLAMATIONS = 5
const MIN_DISTINCT = 5

/** Python's str.isupper(): some letter has case, and none that has is lower or title case. Persian never is. */
export const isUpperCase = (text: string): boolean =>
  /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text)

const occurrences = (text: string, part: string): number => text.split(part).length - 1

const distinct = (text: string): number => new Set(text.replaceAll(' ', '')).size

/** The original service's spam score: one point each for length, links, capitals, exclamation marks and monotony. */
export function legacySpamScore(content: string): number {
  const length = codePoints(content)
  const points = [
    length > LONG,
    occurrences(content, 'http') > MAX_LINKS,
    length > SHOUTED && isUpperCase(content),
    occurrences(content, '!') > MAX_EXCLAMATIONS,
    length > SHOUTED && distinct(content) < MIN_DISTINCT,
  ]
  return points.filter(Boolean).length
}

/** True where the original rules call it spam; what is no text is not. */
export const isLegacySpam = (content: unknown): boolean =>
  typeof content === 'string' && legacySpamScore(content) >= LEGACY_SPAM_SCORE
