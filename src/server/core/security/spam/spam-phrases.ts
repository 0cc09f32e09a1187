import { normaliseForSpam } from './normalise.ts'
import { SPAM_PHRASES } from './phrases.ts'
import { type Skeleton, skeletonOf } from './skeleton.ts'

/** Shorter phrases are sought as whole words only: across a space, `top ornament` holds one. */
const MIN_COMPACT = 7

const skeletons = SPAM_PHRASES.map((phrase) => skeletonOf(normaliseForSpam(phrase)))
const COMPACT = new Set(skeletons.map(({ compact }) => compact).filter(({ length }) => length >= MIN_COMPACT))
const WORDS = new Set(
  skeletons.filter(({ compact }) => compact.length < MIN_COMPACT).map(({ words }) => words),
)

/** How many of the known phrases a text holds, each counted once. */
export function countSpamPhrases({ words, compact }: Skeleton): number {
  const joined = [...COMPACT].filter((phrase) => compact.includes(phrase))
  const whole = [...WORDS].filter((phrase) => words.includes(phrase))
  return joined.length + whole.length
}
