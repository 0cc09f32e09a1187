import type { Clock } from '../ports/system.ts'
import type { ReplyTimes, Visitors } from '../ports/visitors.ts'

/** A median of a month does not change within minutes, and every page view asks for it. */
const REPLY_TIMES_MS = 5 * 60_000
const MAX_CHANNELS = 1_000

/** The same visitors, whose reply times are asked of the store once in a while only. */
export function cacheReplyTimes(visitors: Visitors, clock: Clock): Visitors {
  const known = new Map<number, { until: number; times: Promise<ReplyTimes> }>()
  const replyTimes = (channelId: number, since: number) => {
    const held = known.get(channelId)
    if (held && held.until > clock.now()) return held.times
    const times = visitors.replyTimes(channelId, since)
    times.catch(() => known.delete(channelId))
    known.delete(channelId)
    known.set(channelId, { until: clock.now() + REPLY_TIMES_MS, times })
    const oldest = known.keys().next()
    if (known.size > MAX_CHANNELS && !oldest.done) known.delete(oldest.value)
    return times
  }
  return { ...visitors, replyTimes }
}
