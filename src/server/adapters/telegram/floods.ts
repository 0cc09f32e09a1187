import type { SendOutcome } from '../../core/ports/platform.ts'

/** Bots whose refusals are remembered. */
const MAX_BOTS = 1_000

interface Refusal {
  recipient: string
  until: number
}

/**
 * Telegram does not say whether a chat is written to too often or the bot as a whole writes too much. While one chat waits,
 * a refusal for another means the bot.
 */
export function createFloods(now = Date.now) {
  const refusals = new Map<number, Refusal>()
  return (channelId: number, recipient: string, outcome: SendOutcome): SendOutcome => {
    if (outcome.outcome !== 'retry' || outcome.scope === undefined) return outcome
    const earlier = refusals.get(channelId)
    const isOfBot = earlier !== undefined && earlier.until > now() && earlier.recipient !== recipient
    if (refusals.size >= MAX_BOTS) refusals.clear()
    refusals.set(channelId, { recipient, until: now() + (outcome.retryAfterMs ?? 1_000) })
    return isOfBot ? { ...outcome, scope: 'channel' } : outcome
  }
}
