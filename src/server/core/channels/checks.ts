import type { ChannelCheck } from '../../contract/channel-health.ts'
import { WebsiteSettings } from '../../contract/website.ts'
import { check, DAY_MS, type Facts, MINUTE_MS, type More } from './check.ts'
import { platformChecks } from './platform-checks.ts'

/** A token that lives no longer than this wants somebody's attention. */
const NEAR_MS = 10 * DAY_MS
/** What waits longer than this does not simply wait for its turn. */
const WAITING_MS = 5 * MINUTE_MS
/** A channel fails, and not one customer of it, where it fails so many who can be reached. */
export const MANY_CUSTOMERS = 3
const QUIET_MS = 7 * DAY_MS

/** What the facts mean, and what can be done. What nobody can tell is left out. */
export function checksOf(facts: Facts): ChannelCheck[] {
  const { channel, examination } = facts
  const made =
    channel.source === 'website'
      ? [origins(facts), proof(facts)]
      : [
          connection(facts),
          ...(examination ? platformChecks(facts, examination) : []),
          expiry(facts),
          queue(facts),
          failures(facts),
          proof(facts),
        ]
  return made.filter((one) => one !== null)
}

function connection({ channel }: Facts): ChannelCheck {
  if (channel.isConnect) return check('connection', 'ok', 'connected')
  return check('connection', 'broken', 'stopped', { words: channel.stoppedReason, remedy: 'reconnect' })
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

function queue({ queue: { waiting: count, waitingSince: at }, channel, now }: Facts): ChannelCheck {
  const isSlow = at !== null && now - Date.parse(at) > WAITING_MS
  const remedy = channel.isConnect ? ('retry_deliveries' as const) : ('reconnect' as const)
  return isSlow || (count > 0 && !channel.isConnect)
    ? check('queue', 'warning', 'waiting', { count, at, remedy })
    : check('queue', 'ok', 'moving', { count, at })
}

/** Whoever blocked us, or is gone, is no fault of the channel's. */
function failures({ queue }: Facts): ChannelCheck {
  const { failed: count, failedCustomers, lastFailedAt: at } = queue
  if (count === 0) return check('failures', 'ok', 'none', { count })
  return failedCustomers < MANY_CUSTOMERS
    ? check('failures', 'ok', 'single', { count, at })
    : check('failures', 'warning', 'some', { count, at })
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
