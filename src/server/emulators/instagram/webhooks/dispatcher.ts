import { setMaxListeners } from 'node:events'
import { pause } from '../../clock.ts'
import { ControlError, notFound } from '../../control-error.ts'
import { HttpCaller } from '../../http-caller.ts'
import type { Delivery, RawEvent, RawPost } from '../control-types.ts'
import type { Surroundings } from '../world/surroundings.ts'
import type { App } from './app.ts'
import { batchBody } from './batch.ts'
import { askCallback, type Outcome } from './callback.ts'
import { handshake } from './handshake.ts'
import { type Batch, Queue } from './queue.ts'
import { waitBefore } from './retry-schedule.ts'
import { signatureHeaders } from './signature.ts'

const HEADERS = { 'content-type': 'application/json', 'user-agent': 'facebookexternalua', accept: '*/*' }
const OK = 200

/** Brings what happens to the app's callback, at least once. */
export class Dispatcher {
  readonly #app: App
  readonly #surroundings: Surroundings
  readonly #caller: HttpCaller
  readonly #queue: Queue
  readonly #delayed = new Set<Batch>()
  #again: Batch[] = []
  #stop = newStop()
  #underWay = 0
  #lastSuccessMs = Number.NEGATIVE_INFINITY

  constructor(app: App, surroundings: Surroundings) {
    const { clock, retry, limits } = surroundings
    this.#app = app
    this.#surroundings = surroundings
    this.#queue = new Queue(app, surroundings)
    const maxReplyBytes = limits.maxWebhookReplyBytes
    this.#caller = new HttpCaller({ clock, timeoutMs: retry.timeoutMs, maxReplyBytes })
  }

  get pending(): number {
    return this.#queue.pending
  }

  get isHeard(): boolean {
    return this.#app.callbackUrl !== null && !this.#app.disabled
  }

  /** Throws while there is no room. To be asked before anything is changed that an event will tell. */
  requireRoom(): void {
    this.#queue.requireRoom()
  }

  /** Answers the delivery's id, or null when there is nobody to tell. */
  push(event: RawEvent): number | null {
    if (!this.isHeard) return null
    const id = this.#queue.push(event)
    this.pump()
    return id
  }

  /** Resolves when the event was posted for the first time, or will not be for now. */
  async triedOnce(deliveryId: number | null): Promise<void> {
    const entry = deliveryId === null ? null : this.#queue.find(deliveryId)
    if (entry && !this.#app.delivery.paused) await entry.triedOnce
  }

  /** Starts whatever may start now. */
  pump(): void {
    const { delivery } = this.#app
    while (this.isHeard && !delivery.paused && this.#underWay < delivery.connections) {
      const batch = this.#again.shift() ?? this.#queue.take()
      if (batch === null) return
      void this.#deliver(batch)
    }
  }

  list(): Delivery[] {
    return this.#queue.list()
  }

  async redeliver(deliveryId: number, copies: number): Promise<Array<number | null>> {
    const entry = this.#queue.find(deliveryId)
    if (!entry) throw notFound('delivery')
    return this.post({ body: batchBody([entry.event], this.#surroundings.clock.now()), copies })
  }

  /** Posts once, outside all order and whatever becomes of it. */
  async post(post: RawPost): Promise<Array<number | null>> {
    const outcomes = await this.#postCopies(post)
    return outcomes.map(({ status }) => status)
  }

  /** Asks the callback whether it knows the verify token, as the dashboard does. */
  verify(url: string, verifyToken: string): Promise<Outcome> {
    return handshake(this.#caller, { url, verifyToken })
  }

  /** Forgets everything and cuts what is under way. */
  clear(): void {
    this.#stop.abort()
    this.#stop = newStop()
    for (const batch of this.#delayed) batch.cancelWait()
    this.#delayed.clear()
    this.#again = []
    this.#queue.clear()
    this.#underWay = 0
  }

  close(): void {
    this.clear()
    this.#caller.close()
  }

  async #deliver(batch: Batch): Promise<void> {
    const { signal } = this.#stop
    const { latencyMs, copies } = this.#app.delivery
    this.#underWay += 1
    await pause(this.#surroundings.clock, latencyMs, signal)
    const outcomes = signal.aborted ? [] : await this.#postCopies({ body: batch.body, copies })
    // What was cleared meanwhile is nobody's any more.
    if (signal.aborted) return
    this.#underWay -= 1
    const outcome = outcomes.find(({ status }) => status === OK) ?? outcomes[0]
    this.#note(batch, outcome)
    if (outcome?.status === OK) this.#queue.finish(batch, 'delivered')
    else this.#postpone(batch)
    this.pump()
  }

  #postCopies({ body, copies = 1, signature }: RawPost): Promise<Outcome[]> {
    const { callbackUrl, secret } = this.#app
    if (callbackUrl === null) throw new ControlError(409, 'conflict', 'there is no callback')
    const headers = { ...HEADERS, ...signatureHeaders(body, secret, signature) }
    const { signal } = this.#stop
    const asked = { method: 'POST', url: callbackUrl, headers, body, signal } as const
    return Promise.all(Array.from({ length: copies }, () => askCallback(this.#caller, asked)))
  }

  #note(batch: Batch, outcome: Outcome | undefined): void {
    for (const { told, tried } of batch.entries) {
      told.attempts += 1
      told.status = outcome?.status ?? null
      told.lastError = outcome?.error || null
      tried()
    }
    if (outcome?.status === OK) this.#lastSuccessMs = this.#surroundings.clock.now()
  }

  #postpone(batch: Batch): void {
    const { clock, retry } = this.#surroundings
    batch.failures += 1
    const waitMs = waitBefore(batch.failures, retry)
    if (clock.now() + waitMs - batch.sinceMs >= retry.lifeMs) {
      this.#giveUp(batch)
      return
    }
    if (waitMs === 0) {
      this.#again.push(batch)
      return
    }
    this.#delayed.add(batch)
    batch.cancelWait = clock.schedule(waitMs, () => {
      this.#delayed.delete(batch)
      this.#again.push(batch)
      this.pump()
    })
  }

  #giveUp(batch: Batch): void {
    this.#queue.finish(batch, 'given-up')
    // A callback that was deaf for the whole life of an event is switched off.
    if (this.#lastSuccessMs < batch.sinceMs) this.#app.disabled = true
  }
}

function newStop(): AbortController {
  const stop = new AbortController()
  // Every connection under way listens; their number is bounded by the connections and copies.
  setMaxListeners(0, stop.signal)
  return stop
}
