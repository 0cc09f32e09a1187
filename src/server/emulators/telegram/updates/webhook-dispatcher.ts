import { setMaxListeners } from 'node:events'
import { pause } from '../../clock.ts'
import type { HttpCaller } from '../../http-caller.ts'
import type { DeliverySettings } from '../control-types.ts'
import type { Surroundings } from '../world/surroundings.ts'
import { firstTry, nextTry, type RetryState } from './retry-schedule.ts'
import type { PendingUpdate } from './update-queue.ts'
import type { Webhook } from './webhook.ts'
import { failed, postUpdate, type WebhookOutcome } from './webhook-post.ts'

type Lane = { updates: PendingUpdate[]; retry: RetryState; cancelWait: (() => void) | null }

type DispatcherParts = {
  webhook: Webhook
  settings: DeliverySettings
  surroundings: Surroundings
  caller: HttpCaller
  /** The update was answered with 2xx, or is too old to be tried again. */
  onDone: (update: PendingUpdate) => void
  onOutcome: (outcome: WebhookOutcome) => void
}

/**
 * Delivers to one webhook. Updates of a lane go one after the other, each until it is confirmed or expires;
 * lanes go side by side, up to the webhook's connections.
 */
export class WebhookDispatcher {
  readonly #parts: DispatcherParts
  readonly #lanes = new Map<string, Lane>()
  readonly #ready = new Set<string>()
  readonly #stop = new AbortController()
  #inFlight = 0

  constructor(parts: DispatcherParts) {
    this.#parts = parts
    // Every connection under way listens; their number is bounded by the webhook's connections and copies.
    setMaxListeners(0, this.#stop.signal)
  }

  offer(update: PendingUpdate): void {
    // Out of order, no update waits for another: each has a lane of its own.
    const name = this.#parts.settings.order === 'telegram' ? update.lane : `${update.updateId}`
    const lane = this.#lanes.get(name)
    if (lane) {
      lane.updates.push(update)
      return
    }
    const retry = firstTry(this.#parts.surroundings.retry)
    this.#lanes.set(name, { updates: [update], retry, cancelWait: null })
    this.#ready.add(name)
    this.pump()
  }

  /** Starts whatever may start now. */
  pump(): void {
    const { settings, webhook } = this.#parts
    while (
      !this.#stop.signal.aborted &&
      !settings.paused &&
      this.#inFlight < connections(webhook, settings)
    ) {
      const name = this.#nextReady()
      if (name === undefined) return
      this.#ready.delete(name)
      const lane = this.#lanes.get(name)
      if (lane) void this.#deliverHead(name, lane)
    }
  }

  /** Posts once, outside all order and whatever becomes of it. */
  post(update: PendingUpdate): Promise<WebhookOutcome> {
    const { webhook, caller } = this.#parts
    if (this.#stop.signal.aborted) return Promise.resolve(failed('Webhook closed'))
    const { url, secretToken } = webhook
    return postUpdate(caller, { url, secretToken, body: update.body, signal: this.#stop.signal })
  }

  /** Cuts what is under way. What was not confirmed stays pending. */
  stop(): void {
    this.#stop.abort()
    for (const lane of this.#lanes.values()) lane.cancelWait?.()
    this.#lanes.clear()
    this.#ready.clear()
  }

  #nextReady(): string | undefined {
    const { settings, surroundings } = this.#parts
    if (settings.order === 'telegram') return this.#ready.values().next().value
    const names = [...this.#ready]
    if (settings.order === 'shuffled') return names[Math.floor(surroundings.random() * names.length)]
    return names.sort((a, b) => Number(a) - Number(b)).at(-1)
  }

  async #deliverHead(name: string, lane: Lane): Promise<void> {
    const [update] = lane.updates
    if (update === undefined) return
    this.#inFlight += 1
    const outcome = this.#isExpired(update, 0) ? null : await this.#attempt(update)
    this.#inFlight -= 1
    if (this.#stop.signal.aborted) return
    if (outcome) this.#parts.onOutcome(outcome)
    // The outcome may have ended this webhook.
    if (this.#stop.signal.aborted) return
    if (outcome === null || outcome.delivered) this.#advance(name, lane, update)
    else this.#postpone(name, lane, update, outcome.retryAfter)
    this.pump()
  }

  async #attempt(update: PendingUpdate): Promise<WebhookOutcome> {
    const { settings, surroundings } = this.#parts
    await pause(surroundings.clock, settings.latencyMs, this.#stop.signal)
    const copies = Array.from({ length: settings.copies }, () => this.post(update))
    const outcomes = await Promise.all(copies)
    return outcomes.find((outcome) => outcome.delivered) ?? outcomes[0] ?? failed('Webhook closed')
  }

  #advance(name: string, lane: Lane, done: PendingUpdate): void {
    this.#parts.onDone(done)
    lane.updates.shift()
    lane.retry = firstTry(this.#parts.surroundings.retry)
    if (lane.updates.length > 0) this.#ready.add(name)
    else this.#lanes.delete(name)
  }

  #postpone(name: string, lane: Lane, update: PendingUpdate, retryAfter: number): void {
    const { clock, retry, random } = this.#parts.surroundings
    const next = nextTry(lane.retry, retry, { retryAfter, random })
    if (this.#isExpired(update, next.waitMs)) {
      this.#advance(name, lane, update)
      return
    }
    lane.retry = next.state
    if (next.waitMs === 0) {
      this.#ready.add(name)
      return
    }
    lane.cancelWait = clock.schedule(next.waitMs, () => {
      lane.cancelWait = null
      this.#ready.add(name)
      this.pump()
    })
  }

  #isExpired(update: PendingUpdate, inMs: number): boolean {
    return this.#parts.surroundings.clock.now() + inMs >= update.expiresAtMs
  }
}

function connections({ maxConnections }: Webhook, { order }: DeliverySettings): number {
  return order === 'reversed' ? 1 : maxConnections
}
