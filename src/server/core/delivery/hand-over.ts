import { CAPABILITIES } from '../../contract/capabilities.ts'
import { serviceUnavailable } from '../../contract/service-unavailable.ts'
import { platformOf } from '../channels/platform-of.ts'
import { proveChannel } from '../channels/prove.ts'
import { renewToken } from '../channels/renew-token.ts'
import { pause } from '../pause.ts'
import type { StoredChannel } from '../ports/channels.ts'
import type { ClaimedDelivery } from '../ports/deliveries.ts'
import type { Outgoing, Platform, SendOutcome } from '../ports/platform.ts'
import type { Ports } from '../ports.ts'
import { passWindow } from './pass-window.ts'
import { channelKey, contactKey, turnOf } from './rates.ts'
import { type Ended, settle } from './settle.ts'
import { toOutgoing } from './to-outgoing.ts'

/** A platform that has not answered by then is left; it is less than the lease of a claim. */
const ANSWER_WITHIN_MS = 45_000

const RENEWED_WITHIN_MS = 5 * 60_000
/** In the words of the legacy contract. */
const NOT_RENEWED = 'Token expired and refresh failed - user needs to reconnect'

interface Options {
  /** 0 to 1, for the time until a retry. */
  random?: () => number
  /** How long the platform has to answer. */
  withinMs?: number
}

interface Ready {
  platform: Platform
  channel: StoredChannel
  outgoing: Outgoing
}

/** Hands a claimed delivery over and writes what became of it. Answers for how long its channel is to be left alone. */
export async function handOver(
  ports: Ports,
  claimed: ClaimedDelivery,
  { random = Math.random, withinMs = ANSWER_WITHIN_MS }: Options = {},
): Promise<{ pauseMs: number }> {
  const ready = await prepare(ports, claimed)
  if ('outcome' in ready) {
    await settle(ports, claimed, ready, random())
    return { pauseMs: 0 }
  }
  const turn = await turnOf(ports.pace, claimed)
  if (!turn.isGiven) {
    const isOfAll = turn.of === 'channel'
    await ports.deliveries.putBack(claimed, isOfAll ? 0 : turn.waitMs)
    return { pauseMs: isOfAll ? turn.waitMs : 0 }
  }
  if (turn.waitMs > 0) await pause(turn.waitMs)
  const pauseMs = await speak(ports, claimed, { ready, random, withinMs })
  return { pauseMs }
}

/** Everything that it takes to hand it over, or how it ends without that. */
async function prepare(ports: Ports, claimed: ClaimedDelivery): Promise<Ready | Ended> {
  const channel = await ports.channels.findById(claimed.channelId)
  const error = serviceUnavailable(claimed.source)
  if (!channel) return { outcome: 'failed', error }
  if (!channel.isConnect) return { outcome: 'stopped', error }
  const platform = platformOf(ports, channel.source)
  if (!platform) return { outcome: 'failed', error }
  const said = toOutgoing(ports, claimed)
  if ('cancelled' in said) return { outcome: 'cancelled' }
  if ('failed' in said) return { outcome: 'failed', error: said.failed }
  const passed = passWindow(channel, claimed, { outgoing: said.outgoing, now: ports.clock.now() })
  if ('failed' in passed) return { outcome: 'failed', error: passed.failed }
  return { platform, channel, outgoing: passed.outgoing }
}

async function speak(
  ports: Ports,
  claimed: ClaimedDelivery,
  { ready, random, withinMs }: { ready: Ready } & Required<Options>,
): Promise<number> {
  const outcome = await answerOf(ports, ready, withinMs)
  const ended = outcome.outcome === 'stopped' ? await stop(ports, ready.channel, outcome) : outcome
  if (ended.outcome === 'sent') proveChannel(ports, ready.channel)
  const pauseMs = await heed(ports, claimed, ended)
  await settle(ports, claimed, ended.outcome === 'sent' ? { ...ended, ...tagOf(ready) } : ended, random())
  return pauseMs
}

/** Whether it went under the tag for people, on platforms that have one: what was written in time may go late. */
const tagOf = ({ channel, outgoing }: Ready): { isHumanAgent?: boolean } =>
  outgoing.op === 'send' && CAPABILITIES[channel.source].window !== null
    ? { isHumanAgent: outgoing.isHumanAgent }
    : {}

async function answerOf(
  ports: Ports,
  { platform, channel, outgoing }: Ready,
  withinMs: number,
): Promise<SendOutcome> {
  const limit = new AbortController()
  const late = pause(withinMs, limit.signal).then(
    (): SendOutcome => ({ outcome: 'ambiguous', error: 'The platform did not answer in time' }),
  )
  try {
    return await Promise.race([platform.send(channel, outgoing), late])
  } catch (error) {
    ports.log.error({ channelId: channel.id, err: error }, 'A platform could not be spoken to')
    return { outcome: 'ambiguous', error: 'It is not known whether the platform has it' }
  } finally {
    limit.abort()
  }
}

/** Stops the channel, unless it has been connected again with another token meanwhile. */
async function stop(
  ports: Ports,
  channel: StoredChannel,
  outcome: SendOutcome & { outcome: 'stopped' },
): Promise<SendOutcome> {
  const now = await ports.channels.findById(channel.id)
  if (now?.isConnect && now.credentials.token !== channel.credentials.token)
    return { ...outcome, outcome: 'retry', retryAfterMs: 0 }
  if (now?.isConnect && isTokenDead(outcome) && (await renewOnce(ports, now)))
    return { ...outcome, outcome: 'retry', retryAfterMs: 0 }
  if (now?.isConnect) await ports.channels.stop(channel.id, outcome.error)
  return isTokenDead(outcome) ? { ...outcome, error: NOT_RENEWED } : outcome
}

/** Graph's code for a token that is refused, whatever the reason. */
const isTokenDead = ({ code }: { code?: string }): boolean => /^190(\/|$)/.test(code ?? '')

/** A token that is refused may be renewed; one that is refused again right after that is dead. */
async function renewOnce(ports: Ports, channel: StoredChannel): Promise<boolean> {
  const provedAt = channel.provedAt === null ? 0 : Date.parse(channel.provedAt)
  if (ports.clock.now() - provedAt < RENEWED_WITHIN_MS) return false
  return (await renewToken(ports, channel)) !== null
}

/** How long a channel rests whose platform refuses all of it for now and does not say until when. */
export const UNTOLD_REST_MS = 5_000

/** Heeds a platform that asks to wait: nothing goes to the contact, or through the channel, until then. */
async function heed(ports: Ports, claimed: ClaimedDelivery, ended: SendOutcome): Promise<number> {
  if (ended.outcome !== 'retry') return 0
  const isOfAll = ended.scope === 'channel'
  const ms = ended.retryAfterMs ?? (isOfAll ? UNTOLD_REST_MS : 0)
  if (ms > 0) await ports.pace.freeze(isOfAll ? channelKey(claimed) : contactKey(claimed), ms)
  return isOfAll ? ms : 0
}
