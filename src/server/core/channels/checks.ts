import type { CHECK_FINDINGS, ChannelCheck, CheckCode, CheckState } from '../../contract/channel-health.ts'
import { WebsiteSettings } from '../../contract/website.ts'
import type { StoredChannel } from '../ports/channels.ts'
import type { QueueState } from '../ports/deliveries.ts'
import type { Examination } from '../ports/platform.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** What waits at a platform beyond this is more than a moment's work. */
export const MANY_PENDING = 100
/** An error of the platform that is older than this is history. */
const RECENT_MS = HOUR_MS
/** A token that lives no longer than this wants somebody's attention. */
const NEAR_MS = 10 * DAY_MS
/** Beyond this, times that both sides speak of disagree. */
const CLOCK_MS = 30_000
/** What waits longer than this does not simply wait for its turn. */
const WAITING_MS = 5 * MINUTE_MS
const QUIET_MS = 7 * DAY_MS

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
}

type Found<Code extends CheckCode> = (typeof CHECK_FINDINGS)[Code][number]
type More = Partial<Omit<ChannelCheck, 'code' | 'state' | 'finding'>>

const check = <Code extends CheckCode>(
  code: Code,
  state: CheckState,
  finding: Found<Code>,
  more: More = {},
): ChannelCheck => ({
  ...{ code, state, finding },
  ...{ at: null, count: null, words: null, origin: null, remedy: null, ...more },
})

/** What the facts mean, and what can be done. What nobody can tell is left out. */
export function checksOf(facts: Facts): ChannelCheck[] {
  const { source } = facts.channel
  const made =
    source === 'website'
      ? [origins(facts), proof(facts)]
      : [connection(facts), ...platformChecks(facts), queue(facts), failures(facts), proof(facts)]
  return made.filter((one) => one !== null)
}

function platformChecks(facts: Facts): (ChannelCheck | null)[] {
  const { examination } = facts
  if (!examination) return [expiry(facts)]
  return [
    token(facts, examination),
    expiry(facts),
    webhook(facts, examination),
    secret(facts, examination),
    updates(facts, examination),
    pending(facts, examination),
    lastError(facts, examination),
    clock(examination),
  ]
}

function connection({ channel }: Facts): ChannelCheck {
  if (channel.isConnect) return check('connection', 'ok', 'connected')
  return check('connection', 'broken', 'stopped', { words: channel.stoppedReason, remedy: 'reconnect' })
}

function token({ channel }: Facts, { token, words, account }: Examination): ChannelCheck {
  if (token === 'refused') return check('token', 'broken', 'refused', { words, remedy: 'reconnect' })
  if (token === 'unreachable') return check('token', 'unknown', 'unreachable', { words })
  if (account !== null && account !== channel.externalId)
    return check('token', 'broken', 'other_account', { remedy: 'reconnect' })
  return check('token', 'ok', 'accepted')
}

function expiry({ channel: { source, tokenExpiresAt: at }, now }: Facts): ChannelCheck | null {
  if (at === null) return null
  const left = Date.parse(at) - now
  const more: More = { at, count: Math.max(0, Math.floor(left / DAY_MS)) }
  if (left <= 0) return check('expiry', 'broken', 'over', { ...more, remedy: 'reconnect' })
  const remedy = source === 'instagram' ? ('renew_token' as const) : null
  return left < NEAR_MS
    ? check('expiry', 'warning', 'near', { ...more, remedy })
    : check('expiry', 'ok', 'far', more)
}

function webhook({ way, isOurs }: Facts, { webhook: told, token }: Examination): ChannelCheck | null {
  if (!told) return token === 'refused' ? null : check('webhook', 'unknown', 'untold')
  const origin = told.url === null ? null : originOf(told.url)
  if (way === 'polled')
    return told.isSet
      ? check('webhook', 'broken', 'in_the_way', { origin, remedy: 'remove_webhook' })
      : check('webhook', 'ok', 'asked_for')
  if (!told.isSet) return check('webhook', 'broken', 'missing', { remedy: 'set_webhook' })
  if (told.url !== null && !isOurs(told.url))
    return check('webhook', 'broken', 'elsewhere', { origin, remedy: 'set_webhook' })
  return check('webhook', 'ok', 'ours')
}

// The path of somebody else's webhook is often their secret.
const originOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).origin : null)

/** Anybody may knock with a wrong secret; only where the platform says that it was refused is it the wrong one. */
function secret(facts: Facts, { webhook: told }: Examination): ChannelCheck | null {
  const { way, channel, refusedAt, now } = facts
  if (way !== 'webhook' || channel.source !== 'telegram' || !told?.isSet) return null
  if (told.lastError && /\b401\b/.test(told.lastError) && !isPast(now, told))
    return check('secret', 'broken', 'refused', { at: told.lastErrorAt, remedy: 'set_webhook' })
  if (refusedAt !== null && isSince(refusedAt, channel.provedAt, now - RECENT_MS))
    return check('secret', 'warning', 'tried', { at: refusedAt, remedy: 'set_webhook' })
  return check('secret', 'ok', 'matching')
}

const isSince = (at: string, provedAt: string | null, earliest: number): boolean =>
  Date.parse(at) > Math.max(earliest, Date.parse(provedAt ?? '1970-01-01'))

function updates({ way }: Facts, { webhook: told }: Examination): ChannelCheck | null {
  if (way !== 'webhook' || !told?.isSet) return null
  if (told.missing.length === 0) return check('updates', 'ok', 'complete')
  const words = told.missing.join(', ')
  return check('updates', 'warning', 'incomplete', {
    count: told.missing.length,
    words,
    remedy: 'set_webhook',
  })
}

function pending({ way }: Facts, { webhook: told }: Examination): ChannelCheck | null {
  if (way === 'none' || !told) return null
  const count = told.pending
  return count > MANY_PENDING
    ? check('pending', 'warning', 'many', { count })
    : check('pending', 'ok', 'few', { count })
}

function lastError(facts: Facts, { webhook: told }: Examination): ChannelCheck | null {
  if (facts.way !== 'webhook' || !told) return null
  const { lastError: words, lastErrorAt: at } = told
  if (words === null) return check('last_error', 'ok', 'none')
  return isPast(facts.now, told)
    ? check('last_error', 'ok', 'old', { words, at })
    : check('last_error', 'warning', 'recent', { words, at })
}

/** An error is past where it is old, or where nothing waits any more: what failed was brought since. */
function isPast(now: number, { pending, lastErrorAt }: { pending: number; lastErrorAt: string | null }) {
  return pending === 0 || (lastErrorAt !== null && now - Date.parse(lastErrorAt) > RECENT_MS)
}

function clock({ clockAheadMs: ahead }: Examination): ChannelCheck | null {
  if (ahead === null) return null
  const count = Math.round(ahead / 1_000)
  return Math.abs(ahead) > CLOCK_MS
    ? check('clock', 'warning', 'different', { count })
    : check('clock', 'ok', 'same', { count })
}

function queue({ queue: { waiting: count, waitingSince: at }, channel, now }: Facts): ChannelCheck {
  const isSlow = at !== null && now - Date.parse(at) > WAITING_MS
  const remedy = channel.isConnect ? ('retry_deliveries' as const) : ('reconnect' as const)
  return isSlow || (count > 0 && !channel.isConnect)
    ? check('queue', 'warning', 'waiting', { count, at, remedy })
    : check('queue', 'ok', 'moving', { count, at })
}

function failures({ queue: { failed: count, lastFailedAt: at } }: Facts): ChannelCheck {
  return count > 0
    ? check('failures', 'warning', 'some', { count, at })
    : check('failures', 'ok', 'none', { count })
}

function origins({ channel }: Facts): ChannelCheck {
  const count = WebsiteSettings.parse(channel.settings).allowedOrigins.length
  return count > 0
    ? check('origins', 'ok', 'named', { count })
    : check('origins', 'broken', 'none', { count, remedy: 'name_origins' })
}

function proof({ channel: { provedAt: at, createdAt }, now }: Facts): ChannelCheck {
  if (at === null) {
    const isNew = now - Date.parse(createdAt) < DAY_MS
    return check('proof', isNew ? 'ok' : 'unknown', 'never')
  }
  return now - Date.parse(at) > QUIET_MS
    ? check('proof', 'unknown', 'long_ago', { at })
    : check('proof', 'ok', 'seen', { at })
}
