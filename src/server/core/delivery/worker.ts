import type { ClaimedDelivery } from '../ports/deliveries.ts'
import type { Ports } from '../ports.ts'
import { handOver } from './hand-over.ts'
import { settleLost } from './settle.ts'

/** Deliveries under way on this node at once, and of one channel: a busy one must not take all hands. */
const MAX_IN_FLIGHT = 96
const MAX_PER_CHANNEL = 32
/** Claims are made for a channel while it has fewer than half of its hands full, and fill at most the other half. */
const EACH = MAX_PER_CHANNEL / 2
const LEASE_MS = 60_000
const SWEEP_MS = 500
/** Claims are not made more often than this, however often the worker is woken; when they find nothing, less and less. */
const MIN_GAP_MS = 15
const MAX_GAP_MS = 120

interface Options {
  /** 0 to 1, for the time until a retry. */
  random?: () => number
}

/** Claims due deliveries and hands them to their platforms; several nodes may run it on one database. */
export class DeliveryWorker {
  private inFlight = 0
  private readonly inHand = new Map<number, number>()
  /** Channels that are left alone, and until when. */
  private readonly paused = new Map<number, number>()
  private lastClaim = 0
  private gap = MIN_GAP_MS
  private claiming = false
  private isCalledAgain = false
  private closed = false
  private sweep: NodeJS.Timeout | undefined
  private wakeTimer: NodeJS.Timeout | undefined
  private unsubscribe: (() => void) | undefined
  private idle: (() => void) | undefined
  private readonly random: () => number

  constructor(
    private readonly ports: Ports,
    { random = Math.random }: Options = {},
  ) {
    this.random = random
  }

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
    await settleLost(this.ports, EACH).catch((error) =>
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
      const choice = { each: EACH, skipped: this.skipped() }
      const found = await this.ports.deliveries.claim(MAX_IN_FLIGHT - this.inFlight, LEASE_MS, choice)
      this.gap = found.length > 0 ? MIN_GAP_MS : Math.min(this.gap * 2, MAX_GAP_MS)
      for (const claimed of found) void this.run(claimed)
    } catch (error) {
      this.ports.log.warn({ err: error }, 'Deliveries could not be claimed')
    } finally {
      this.claiming = false
      this.settleDown()
    }
  }

  private skipped(): number[] {
    const now = this.ports.clock.now()
    for (const [channelId, until] of this.paused) if (until <= now) this.paused.delete(channelId)
    const full = [...this.inHand].filter(([, count]) => count >= EACH)
    return [...this.paused.keys(), ...full.map(([channelId]) => channelId)]
  }

  private settleDown() {
    if (this.isCalledAgain) this.wake()
    this.isCalledAgain = false
    if (this.inFlight === 0 && !this.claiming) this.idle?.()
  }

  private async run(claimed: ClaimedDelivery) {
    this.hold(claimed, 1)
    try {
      const { pauseMs } = await handOver(this.ports, claimed, { random: this.random })
      if (pauseMs > 0) this.paused.set(claimed.channelId, this.ports.clock.now() + pauseMs)
    } catch (error) {
      this.ports.log.error({ err: error, delivery: claimed.id }, 'A delivery outcome could not be stored')
    } finally {
      this.hold(claimed, -1)
      this.settleDown()
      this.wake()
    }
  }

  private hold({ channelId }: ClaimedDelivery, by: 1 | -1) {
    this.inFlight += by
    const count = (this.inHand.get(channelId) ?? 0) + by
    if (count > 0) this.inHand.set(channelId, count)
    else this.inHand.delete(channelId)
  }
}
