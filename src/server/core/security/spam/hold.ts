import type { Hold } from '../../../contract/spam.ts'
import type { CustomerHistory } from '../../ports/spam.ts'
import type { Ports } from '../../ports.ts'
import { MAX_RECENT } from './history.ts'
import { scoreInbound } from './score-inbound.ts'
import { HOLD, REFUSE } from './weights.ts'

type SpamCtx = Pick<Ports, 'spam' | 'clock' | 'settings'>

/** Whether a text would be held if a stranger sent it first: then the conversation that it opens is not shown yet. */
export function looksLikeSpam({ clock, settings }: Omit<SpamCtx, 'spam'>, text: string): boolean {
  if (!settings.limits.isSpamChecked) return false
  const input = { text, at: clock.now(), recent: [], isFirstMessage: true, ownHosts: ownHosts(settings) }
  return scoreInbound(input).score >= HOLD
}

/** Why what a customer wrote is to be held, by what is known of them; null where it is not. */
export async function holdOf(
  { spam, clock, settings }: SpamCtx,
  { customerId, text }: { customerId: number; text: string },
): Promise<Hold | null> {
  if (!settings.limits.isSpamChecked) return null
  return judge({ clock, settings }, text, await spam.history(customerId, MAX_RECENT))
}

/** The same, of somebody whose history is at hand. */
export function judge(
  { clock, settings }: Omit<SpamCtx, 'spam'>,
  text: string,
  { isTrusted, isKnown, recent }: CustomerHistory,
): Hold | null {
  if (!settings.limits.isSpamChecked) return null
  const { score, reasons } = scoreInbound({
    text,
    at: clock.now(),
    recent,
    isFirstMessage: !isKnown,
    ownHosts: ownHosts(settings),
  })
  return score >= (isTrusted ? REFUSE : HOLD) ? { score, reasons } : null
}

const ownHosts = ({ publicUrl }: SpamCtx['settings']): string[] => [
  new URL(publicUrl).hostname.toLowerCase().replace(/^www\./, ''),
]
