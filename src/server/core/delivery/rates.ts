import type { Source } from '../../contract/customer.ts'
import type { ClaimedDelivery } from '../ports/deliveries.ts'
import type { Pace, Rate } from '../ports/pace.ts'

interface Rates {
  /** To one contact; null: as fast as the channel. */
  contact: Rate | null
  channel: Rate
  /** Of sound and film, besides. */
  media: Rate | null
}

// Telegram's FAQ: about one message a second to a chat, thirty to all; edits and reactions count. Instagram's reference: 300 calls
// a second for text and reactions, 10 for audio and video.
const RATES: Partial<Record<Source, Rates>> = {
  telegram: {
    contact: { perSecond: 1, burst: 3 },
    channel: { perSecond: 28, burst: 4 },
    media: null,
  },
  instagram: {
    contact: null,
    channel: { perSecond: 300, burst: 30 },
    media: { perSecond: 10, burst: 2 },
  },
}

/** How long a delivery may be held in hand for its channel's turn; one that would wait longer is given back. */
const MAX_HELD_MS = 1_500

type Turn =
  | { isGiven: true; waitMs: number }
  /** `of` is whose turn did not come: only its contact's, or its whole channel's. */
  | { isGiven: false; waitMs: number; of: 'contact' | 'channel' }

export const channelKey = ({ channelId }: ClaimedDelivery): string => `channel:${channelId}`
export const contactKey = ({ channelId, customerId }: ClaimedDelivery): string =>
  `contact:${channelId}:${customerId}`

/** Asks for the turn of a delivery. Its contact comes first: who waits must not use up the channel's turns. */
export async function turnOf(pace: Pace, claimed: ClaimedDelivery): Promise<Turn> {
  const rates = RATES[claimed.source]
  if (!rates) return { isGiven: true, waitMs: 0 }
  const contact = await pace.take(contactKey(claimed), rates.contact ?? rates.channel, 0)
  if (!contact.taken) return { isGiven: false, waitMs: contact.waitMs, of: 'contact' }
  const kind = claimed.op === 'send' ? claimed.attachment?.kind : undefined
  const isMedia = kind === 'audio' || kind === 'voice' || kind === 'video'
  const media =
    isMedia && rates.media ? await pace.take(`${channelKey(claimed)}:media`, rates.media, MAX_HELD_MS) : null
  if (media && !media.taken) return { isGiven: false, waitMs: media.waitMs, of: 'contact' }
  const channel = await pace.take(channelKey(claimed), rates.channel, MAX_HELD_MS)
  if (!channel.taken) return { isGiven: false, waitMs: channel.waitMs, of: 'channel' }
  return { isGiven: true, waitMs: Math.max(channel.waitMs, media?.waitMs ?? 0) }
}
