import { requirePlatform } from '../channels/platform-of.ts'
import type { ClaimedDelivery } from '../ports/deliveries.ts'
import type { SendOutcome } from '../ports/platform.ts'
import type { Ports } from '../ports.ts'
import { MAX_ATTEMPTS, retryDelay } from './backoff.ts'

/** Deliveries under way on this node at once. */
const MAX_IN_FLIGHT = 32
const LEASE_MS = 60_000
const SWEEP_MS = 500
/** Claims are not made more often than this, however often the worker is woken; when they find nothing, less and less. */
const MIN_GAP_MS = 15
const MAX_GAP_MS = 120

/** Claims due deliveries and hands them to their platforms; several nodes may run it on one database. */
export class DeliveryWorker {
  private inFlight = 0
  private lastClaim = 0
  private gap = MIN_GAP_MS
  private claiming = false
  private isCalledAgain = false
  private closed = false
  private sweep: NodeJS.Timeout | undefined
  private wakeTimer: NodeJS.Timeout | undefined
  private unsubscribe: (() => void) | undefined
  private idle: (() => void) | undefined

  constructor(private readonly ports: Ports) {}

  start() {
    this.unsubscribe = this.ports.bus.subscribe('deliveries', () => this.wake())
    this.sweep = setInterval(() => void this.sweepOnce(), SWEEP_MS)
    this.wake()
  }

  /** Claims nothing more and waits for what is under way. */
  async close() {
    if (this.closed) return
    this.closed = true
    this.unsubscribe?.()
    clearInterval(this.sweep)
    clearTimeout(this.wakeTimer)
    if (this.inFlight > 0 || this.claiming)
      await new Promise<void>((resolve) => {
        this.idle = resolve
      })
  }

  private wake() {
    if (this.closed || this.wakeTimer) return
    const wait = Math.max(0, this.lastClaim + this.gap - this.ports.clock.now())
    this.wakeTimer = setTimeout(() => {
      this.wakeTimer = undefined
      void this.claim()
    }, wait)
  }

  private async sweepOnce() {
    await this.settleLost().catch((error) =>
      this.ports.log.warn({ err: error }, 'Lost deliveries could not be settled'),
    )
    this.wake()
  }

  private async claim() {
    if (this.closed || this.inFlight >= MAX_IN_FLIGHT) return
    if (this.claiming) {
      // What was queued while a claim is under way may not be in it.
      this.isCalledAgain = true
      return
    }
    this.claiming = true
    this.lastClaim = this.ports.clock.now()
    try {
      const found = await this.ports.deliveries.claim(MAX_IN_FLIGHT - this.inFlight, LEASE_MS)
      this.gap = found.length > 0 ? MIN_GAP_MS : Math.min(this.gap * 2, MAX_GAP_MS)
      for (const claimed of found) void this.run(claimed)
    } catch (error) {
      this.ports.log.warn({ err: error }, 'Deliveries could not be claimed')
    } finally {
      this.claiming = false
      this.settleDown()
    }
  }

  private settleDown() {
    if (this.isCalledAgain) this.wake()
    this.isCalledAgain = false
    if (this.inFlight === 0 && !this.claiming) this.idle?.()
  }

  private async run(claimed: ClaimedDelivery) {
    this.inFlight++
    try {
      await this.settle(claimed, await this.send(claimed))
    } catch (error) {
      this.ports.log.error({ err: error, delivery: claimed.id }, 'A delivery outcome could not be stored')
    } finally {
      this.inFlight--
      this.settleDown()
      this.wake()
    }
  }

  private async send(claimed: ClaimedDelivery): Promise<SendOutcome> {
    const channel = await this.ports.channels.findById(claimed.channelId)
    if (!channel?.isConnect) return { outcome: 'failed', error: 'Telegram service not available' }
    const platform = requirePlatform(this.ports, channel.source)
    const { recipient, content } = claimed
    const plain = { op: 'send' as const, file: null, replyTo: null, isHumanAgent: false }
    const outcome = await platform.send(channel, { ...plain, recipient, content })
    if (outcome.outcome === 'stopped') await this.ports.channels.stop(channel.id, outcome.error)
    return outcome
  }

  private async settle(claimed: ClaimedDelivery, sent: SendOutcome) {
    const exhausted = sent.outcome === 'retry' && claimed.attempt >= MAX_ATTEMPTS
    const outcome = exhausted ? 'failed' : rungOf(sent.outcome)
    const appended = await this.ports.journal.append({
      kind: 'outcome',
      workspaceId: claimed.workspaceId,
      conversationId: claimed.conversationId,
      deliveryId: claimed.id,
      attempt: claimed.attempt,
      outcome,
      error: sent.outcome === 'sent' ? null : sent.error,
      result: toResult(sent, outcome === 'retry'),
      providerId: sent.outcome === 'sent' ? sent.providerId : null,
      delayMs:
        sent.outcome === 'retry' ? (sent.retryAfterMs ?? retryDelay(claimed.attempt, Math.random())) : 0,
    })
    this.ports.metrics.count('peyk_deliveries_total', outcome)
    this.ports.feed.publish(appended.workspaceId, appended.event)
  }

  /** A node died with these in its hands: whether the platform has them cannot be known, so they are not repeated blindly. */
  private async settleLost() {
    for (const claimed of await this.ports.deliveries.lost(MAX_IN_FLIGHT))
      await this.settle(claimed, {
        outcome: 'unconfirmed',
        error: 'The server stopped while this was being sent',
      })
  }
}

const rungOf = (outcome: SendOutcome['outcome']) => {
  if (outcome === 'stopped') return 'failed'
  return outcome === 'ambiguous' ? 'unconfirmed' : outcome
}

const toResult = (sent: SendOutcome, pending: boolean): Record<string, unknown> => {
  if (sent.outcome === 'sent') return sent.result
  return pending
    ? { success: false, error: sent.error, pending: true }
    : { success: false, error: sent.error }
}
