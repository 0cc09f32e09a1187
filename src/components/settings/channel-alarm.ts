import type { Channel } from '../../server/contract/channel.ts'

/** A channel that stands still, or whose access ends soon, and how many others do. */
export interface ChannelAlarm {
  /** Told once, it is known by this: a channel that stops again is another alarm. */
  key: string
  kind: 'stopped' | 'ending'
  channel: Pick<Channel, 'id' | 'name' | 'username'>
  others: number
  /** Whole days that are left. */
  days: number
}

const DAY_MS = 86_400_000
/** Access that ends sooner was not renewed for weeks, and wants a person. */
const SOON_MS = 7 * DAY_MS

/** What whoever manages channels should hear of; the worst of what they have not put away. */
export function alarmOf(channels: Channel[], now: number, isPutAway: (key: string) => boolean) {
  const stopped = channels.flatMap((channel) => stoppedAlarm(channel) ?? [])
  const ending = channels.flatMap((channel) => endingAlarm(channel, now) ?? [])
  const isNews = ({ key }: ChannelAlarm) => !isPutAway(key)
  return first(stopped.filter(isNews)) ?? first(ending.filter(isNews).toSorted((a, b) => a.days - b.days))
}

const first = ([worst, ...others]: ChannelAlarm[]): ChannelAlarm | null =>
  worst ? { ...worst, others: others.length } : null

function stoppedAlarm(channel: Channel): ChannelAlarm | null {
  const { id, stoppedReason } = channel
  if (stoppedReason === null) return null
  return { key: `${id} ${stoppedReason}`, kind: 'stopped', channel, others: 0, days: 0 }
}

function endingAlarm(channel: Channel, now: number) {
  const { id, isConnect, stoppedReason, tokenExpiresAt } = channel
  if (!isConnect || stoppedReason !== null || !tokenExpiresAt) return null
  const left = Date.parse(tokenExpiresAt) - now
  if (left > SOON_MS) return null
  const days = Math.max(0, Math.floor(left / DAY_MS))
  return { key: `${id} ${tokenExpiresAt}`, kind: 'ending' as const, channel, others: 0, days }
}
