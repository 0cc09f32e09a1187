import type { ChannelCheck } from '../../contract/channel-health.ts'
import type { Examination } from '../ports/platform.ts'
import { check, type Facts, HOUR_MS } from './check.ts'

/** What waits at a platform beyond this is more than a moment's work. */
export const MANY_PENDING = 100
/** An error of the platform that is older than this is history. */
const RECENT_MS = HOUR_MS
/** Beyond this, times that both sides speak of disagree. */
const CLOCK_MS = 30_000

type Told = NonNullable<Examination['webhook']>

/** What the platform itself told; what it does not tell is left out. */
export function platformChecks(facts: Facts, examination: Examination): (ChannelCheck | null)[] {
  const { webhook: told } = examination
  return [
    token(facts, examination),
    told ? whereTo(facts, told) : untold(examination),
    secret(facts, examination),
    told && updates(facts, told),
    told && pending(facts, told),
    told && lastError(facts, told),
    clock(examination),
  ]
}

function token({ channel }: Facts, { token, words, account }: Examination): ChannelCheck {
  if (token === 'refused') return check('token', 'broken', 'refused', { words, remedy: 'reconnect' })
  if (token === 'unreachable') return check('token', 'unknown', 'unreachable', { words })
  if (account !== null && account !== channel.externalId)
    return check('token', 'broken', 'other_account', { remedy: 'reconnect' })
  return check('token', 'ok', 'accepted')
}

const untold = ({ token }: Examination): ChannelCheck | null =>
  token === 'refused' ? null : check('webhook', 'unknown', 'untold')

function whereTo(facts: Facts, told: Told): ChannelCheck {
  return facts.channel.source === 'instagram' ? subscription(told) : webhook(facts, told)
}

function webhook({ way, isOurs, isContested }: Facts, { url, isSet }: Told): ChannelCheck {
  const origin = url === null ? null : originOf(url)
  if (way === 'polled') {
    if (isSet) return check('webhook', 'broken', 'in_the_way', { origin, remedy: 'remove_webhook' })
    return isContested ? check('webhook', 'warning', 'contested') : check('webhook', 'ok', 'asked_for')
  }
  if (!isSet) return check('webhook', 'broken', 'missing', { remedy: 'set_webhook' })
  if (url !== null && !isOurs(url))
    return check('webhook', 'broken', 'elsewhere', { origin, remedy: 'set_webhook' })
  return check('webhook', 'ok', 'ours')
}

// The path of somebody else's webhook is often their secret.
const originOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).origin : null)

/** The account sends its events to the application; the application's address is told to nobody but its owner. */
const subscription = ({ isSet }: Told): ChannelCheck =>
  isSet
    ? check('webhook', 'ok', 'subscribed')
    : check('webhook', 'broken', 'unsubscribed', { remedy: 'subscribe' })

function secret(facts: Facts, { webhook: told, isSecretKnown }: Examination): ChannelCheck | null {
  if (facts.way !== 'webhook') return null
  return isSecretKnown === null ? ownSecret(facts, told) : appSecret(facts, isSecretKnown)
}

/** Anybody may knock with a wrong secret; only where the platform says that it was refused is it the wrong one. */
function ownSecret(facts: Facts, told: Told | null): ChannelCheck | null {
  if (!told?.isSet) return null
  if (told.lastError && /\b401\b/.test(told.lastError) && !isPast(facts.now, told))
    return check('secret', 'broken', 'refused', { at: told.lastErrorAt, remedy: 'set_webhook' })
  if (wasTried(facts))
    return check('secret', 'warning', 'tried', { at: facts.refusedAt, remedy: 'set_webhook' })
  return check('secret', 'ok', 'matching')
}

/** One for all accounts, which whoever runs the server has to set: nothing here can mend it. */
function appSecret(facts: Facts, isKnown: boolean): ChannelCheck {
  if (!isKnown) return check('secret', 'broken', 'unset')
  return wasTried(facts)
    ? check('secret', 'warning', 'unsigned', { at: facts.refusedAt })
    : check('secret', 'ok', 'matching')
}

/** Whether somebody came with a wrong one lately, and nothing came with the right one since. */
const wasTried = ({ refusedAt, channel: { provedAt }, now }: Facts): boolean =>
  refusedAt !== null &&
  Date.parse(refusedAt) > Math.max(now - RECENT_MS, Date.parse(provedAt ?? '1970-01-01'))

function updates({ way, channel }: Facts, { isSet, missing }: Told): ChannelCheck | null {
  if (way !== 'webhook' || !isSet) return null
  if (missing.length === 0) return check('updates', 'ok', 'complete')
  const more = { count: missing.length, words: missing.join(', ') }
  return channel.source === 'instagram'
    ? check('updates', 'warning', 'unsubscribed', { ...more, remedy: 'subscribe' })
    : check('updates', 'warning', 'incomplete', { ...more, remedy: 'set_webhook' })
}

function pending({ way }: Facts, { pending: count }: Told): ChannelCheck | null {
  if (way === 'none' || count === null) return null
  return count > MANY_PENDING
    ? check('pending', 'warning', 'many', { count })
    : check('pending', 'ok', 'few', { count })
}

function lastError({ way, now }: Facts, told: Told): ChannelCheck | null {
  if (way !== 'webhook' || told.pending === null) return null
  const { lastError: words, lastErrorAt: at } = told
  if (words === null) return check('last_error', 'ok', 'none')
  return isPast(now, told)
    ? check('last_error', 'ok', 'old', { words, at })
    : check('last_error', 'warning', 'recent', { words, at })
}

/** An error is past where it is old, or where nothing waits any more: what failed was brought since. */
const isPast = (now: number, { pending, lastErrorAt }: Told): boolean =>
  pending === 0 || (lastErrorAt !== null && now - Date.parse(lastErrorAt) > RECENT_MS)

function clock({ clockAheadMs: ahead }: Examination): ChannelCheck | null {
  if (ahead === null) return null
  const count = Math.round(ahead / 1_000)
  return Math.abs(ahead) > CLOCK_MS
    ? check('clock', 'warning', 'different', { count })
    : check('clock', 'ok', 'same', { count })
}
