import { codePoints } from '../../../contract/characters.ts'
import type { SpamCode, SpamReason } from '../../../contract/spam.ts'
import { timesHidden, timesRepeatedLetters, timesZalgo } from './characters.ts'
import { foldForSpam, MAX_FOLDED } from './fold.ts'
import { type RecentMessage, timesFlooded, timesRepeated } from './history.ts'
import { isUpperCase } from './legacy-score.ts'
import { isShortened, linksIn, withoutLinks } from './links.ts'
import { collapseRuns } from './normalise.ts'
import { skeletonOf } from './skeleton.ts'
import { countSpamPhrases } from './spam-phrases.ts'
import { HOLD, REFUSE, WEIGHTS } from './weights.ts'

const FREE_LINKS = 3
const SHOUTED = 20
const FEW_WORDS = 3
const PHONE = /(?<!\d)\+?\d[\d ()-]{6,18}\d(?!\d)/g

export interface InboundText {
  text: string
  /** Milliseconds since 1970. */
  at: number
  /** The customer's last messages without this one, oldest first; of more than MAX_RECENT the newest count. */
  recent: readonly RecentMessage[]
  isFirstMessage: boolean
  /** The shop's own hosts, lower case and without `www.`; links to them say nothing. */
  ownHosts?: readonly string[]
}

export type SpamBand = 'pass' | 'hold' | 'refuse'

export interface InboundScore {
  score: number
  reasons: SpamReason[]
  band: SpamBand
}

function timesContactOnly(folded: string, links: number, isFirstMessage: boolean): number {
  const rest = withoutLinks(folded)
  if (links === 0 || rest.search(PHONE) < 0) return 0
  const words = rest.match(/\p{L}+/gu)?.length ?? 0
  if (words > FEW_WORDS) return 0
  return isFirstMessage ? 2 : 1
}

function timesOfEach(input: InboundText): Record<SpamCode, number> {
  const text = input.text.slice(0, MAX_FOLDED)
  const folded = foldForSpam(text)
  const links = linksIn(folded, input.ownHosts)
  return {
    many_links: Math.max(0, links.length - FREE_LINKS),
    first_message_link: input.isFirstMessage && links.length > 0 ? 1 : 0,
    shortened_link: links.filter(isShortened).length,
    repeated_text: timesRepeated(text, input.recent, input.at),
    repeated_letters: timesRepeatedLetters(folded),
    all_caps: codePoints(text) > SHOUTED && isUpperCase(text) ? 1 : 0,
    spam_phrase: countSpamPhrases(skeletonOf(collapseRuns(folded))),
    phone_and_link_only: timesContactOnly(folded, links.length, input.isFirstMessage),
    hidden_characters: timesHidden(text),
    zalgo: timesZalgo(text),
    flood: timesFlooded(input.recent, input.at),
  }
}

function reasonOf([code, counted]: [string, number]): SpamReason {
  const { points, most } = WEIGHTS[code as SpamCode]
  const times = Math.min(counted, most)
  return { code: code as SpamCode, times, points: times * points }
}

const bandOf = (score: number): SpamBand => {
  if (score >= REFUSE) return 'refuse'
  return score >= HOLD ? 'hold' : 'pass'
}

/** How much speaks against a customer's text, why, and what follows. Whoever cannot show a refusal holds instead. */
export function scoreInbound(input: InboundText): InboundScore {
  const reasons = Object.entries(timesOfEach(input))
    .map(reasonOf)
    .filter(({ points }) => points > 0)
  const score = reasons.reduce((sum, { points }) => sum + points, 0)
  return { score, reasons, band: bandOf(score) }
}
