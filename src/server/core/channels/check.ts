import type { CHECK_FINDINGS, ChannelCheck, CheckCode, CheckState } from '../../contract/channel-health.ts'
import type { StoredChannel } from '../ports/channels.ts'
import type { QueueState } from '../ports/deliveries.ts'
import type { Examination } from '../ports/platform.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** Everything that is known of a channel. `examination` is null where there is nobody to ask. */
export interface Facts {
  channel: StoredChannel
  now: number
  examination: Examination | null
  queue: QueueState
  /** Where events come from. */
  way: 'webhook' | 'polled' | 'none'
  /** Whether an address is ours. */
  isOurs(url: string): boolean
  /** When somebody last came to the webhook with a wrong secret. */
  refusedAt: string | null
  /** Whether another program asked for its updates lately. */
  isContested: boolean
}

type Found<Code extends CheckCode> = (typeof CHECK_FINDINGS)[Code][number]
export type More = Partial<Omit<ChannelCheck, 'code' | 'state' | 'finding'>>

/** One thing that was looked at, as it is told. */
export const check = <Code extends CheckCode>(
  code: Code,
  state: CheckState,
  finding: Found<Code>,
  more: More = {},
): ChannelCheck => ({
  ...{ code, state, finding },
  ...{ at: null, count: null, words: null, origin: null, remedy: null, ...more },
})
