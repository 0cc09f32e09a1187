import { setMaxListeners } from 'node:events'
import { pause } from '../clock.ts'
import { ControlError, notFound } from '../control/control-error.ts'
import type { Delivery, RawEvent, RawPost } from '../control-types.ts'
import type { Surroundings } from '../world/surroundings.ts'
import type { App } from './app.ts'
import { batchBody } from './batch.ts'
import { handshake } from './handshake.ts'
import { type Outcome, Poster } from './poster.ts'
import { waitBefore } from './retry-schedule.ts'
import { signatureHeaders } from './signature.ts'

type Entry = { event: RawEvent; told: Delivery; tried: () => void; triedOnce: Promise<void> }
/** What goes in one POST, and goes again in the same bytes. */
type Batch = { entries: Entry[]; body: string; failures: number; sinceMs: number; cancelWait: () => void }

const HEADERS = { 'content-type': 'application/json', 'user-agent': 'facebookexternalua', accept: '*/*' }
const OK = 200

/** Brings what happens to the app's callback, at least once. */
export class Dispatcher {
  readonly #app: App
  readonly #surroundings: Surroundings
  readonly #poster: Poster
  readonly #recent = new Map<number, Entry>()
  #waiting: Entry[] = []
  #again: Batch[] = []
  readonly #delayed = new Set<Batch>()
  #stop = newStop()
  #underWay = 0
  #pending = 0
  #lastId = 0
  #lastSuccessMs = Number.NEGATIVE_INFINITY

  constructor(app: App, surroundings: Surroundings) {
    const { clock, retry, limits } = surroundings
    this.#app = app
    this.#surroundings = surroundings
    const maxReplyBytes = limits.maxWebhookReplyBytes
    this.#poster = new Poster({ clock, timeoutMs: retry.timeoutMs, maxReplyBytes })
  }

  get pending(): number {
    return this.#pending
  }

  get isHeard(): boolean {
    return this.#app.callbackUrl !== null && !this.#app.disabled
  }

  /** Throws while there is no room. To be asked before anything is changed that an event will tell. */
  requireRoom(): void {
    if (this.#pending >= this.#surroundings.limits.maxPendingDeliveries) {
      throw new ControlError(503, 'queue_full', 'too many events are waiting to be delivered')
    }
  }

  /** Answers the delivery's id, or null when there is nobody to tell. */
  push(event: RawEvent): number | null {
    if (!this.isHeard) return null
    const entry = this.#newEntry(event)
    this.#waiting.push(entry)
    this.#pending += 1
    this.pump()
    return entry.told.id
  }

  /** Resolves when the event was posted for the first time, or will not be for now. */
  async triedOnce(deliveryId: number | null): Promise<void> {
    const entry = deliveryId === null ? undefined : this.#recent.get(deliveryId)
    if (entry && !this.#app.delivery.paused) await entry.triedOnce
  }

  /** Starts whatever may start now. */
  pump(): void {
    const { delivery } = this.#app
    while (this.isHeard && !delivery.paused && this.#underWay < delivery.connections) {
      const batch = this.#again.shift() ?? this.#nextBatch()
      if (batch === null) return
      void this.#deliver(batch)
    }
  }

  list(): Delivery[] {
    return [...this.#recent.values()].map(({ told }) => structuredClone(told))
  }

  async redeliver(deliveryId: number, copies: number): Promise<Array<number | null>> {
    const entry = this.#recent.get(deliveryId)
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
    return handshake(this.#poster, { url, verifyToken })
  }

  /** Forgets everything and cuts what is under way. */
  clear(): void {
    this.#stop.abort()
    this.#stop = newStop()
    for (const batch of this.#delayed) batch.cancelWait()
    for (const entry of [...this.#recent.values(), ...this.#waiting]) entry.tried()
    this.#delayed.clear()
    this.#waiting = []
    this.#again = []
    this.#recent.clear()
    this.#pending = 0
    this.#underWay = 0
  }

  close(): void {
    this.clear()
    this.#poster.close()
  }

  #newEntry(event: RawEvent): Entry {
    this.#lastId += 1
    let tried = () => {}
    const triedOnce = new Promise<void>((resolve) => {
      tried = resolve
    })
    const { accountId, item } = event
    const id = this.#lastId
    const atMs = this.#surroundings.clock.now()
    const told: Delivery = {
      id,
      atMs,
      accountId,
      item,
      attempts: 0,
      status: null,
      state: 'waiting',
      lastError: null,
    }
    const entry = { event, told, tried, triedOnce }
    this.#recent.set(id, entry)
    const [oldest] = this.#recent.keys()
    const isFull = this.#recent.size > this.#surroundings.limits.maxRecentDeliveries
    if (isFull && oldest !== undefined) this.#recent.delete(oldest)
    return entry
  }

  #nextBatch(): Batch | null {
    const { batch: size, order } = this.#app.delivery
    if (this.#waiting.length === 0) return null
    if (order === 'reversed') this.#waiting.reverse()
    if (order === 'shuffled') this.#shuffle()
    const entries = this.#waiting.splice(0, size)
    if (order === 'reversed') this.#waiting.reverse()
    const sinceMs = this.#surroundings.clock.now()
    const events = entries.map(({ event }) => event)
    return { entries, body: batchBody(events, sinceMs), failures: 0, sinceMs, cancelWait: () => {} }
  }

  #shuffle(): void {
    const list = this.#waiting
    for (let at = list.length - 1; at > 0; at -= 1) {
      const other = Math.floor(this.#surroundings.random() * (at + 1))
      const [one, two] = [list[at], list[other]]
      if (one && two) [list[at], list[other]] = [two, one]
    }
  }

  async #deliver(batch: Batch): Promise<void> {
    const { signal } = this.#stop
    const { delivery } = this.#app
    this.#underWay += 1
    await pause(this.#surroundings.clock, delivery.latencyMs, signal)
    const outcomes = signal.aborted
      ? []
      : await this.#postCopies({ body: batch.body, copies: delivery.copies })
    // What was cleared meanwhile is nobody's any more.
    if (signal.aborted) return
    this.#underWay -= 1
    const outcome = outcomes.find(({ status }) => status === OK) ?? outcomes[0]
    this.#note(batch, outcome)
    if (outcome?.status === OK) this.#finish(batch, 'delivered')
    else this.#postpone(batch)
    this.pump()
  }

  #postCopies({ body, copies = 1, signature }: RawPost): Promise<Outcome[]> {
    const { callbackUrl, secret } = this.#app
    if (callbackUrl === null) throw new ControlError(409, 'conflict', 'there is no callback')
    const headers = { ...HEADERS, ...signatureHeaders(body, secret, signature) }
    const { signal } = this.#stop
    const asked = { method: 'POST', url: callbackUrl, headers, body, signal } as const
    return Promise.all(Array.from({ length: copies }, () => this.#poster.ask(asked)))
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

  #finish(batch: Batch, state: Delivery['state']): void {
    for (const { told } of batch.entries) told.state = state
    this.#pending -= batch.entries.length
  }

  #postpone(batch: Batch): void {
    const { clock, retry } = this.#surroundings
    batch.failures += 1
    const waitMs = waitBefore(batch.failures, retry)
    if (clock.now() + waitMs - batch.sinceMs >= retry.lifeMs) {
      this.#finish(batch, 'given-up')
      // A callback that was deaf for the whole life of an event is switched off.
      if (this.#lastSuccessMs < batch.sinceMs) this.#app.disabled = true
      return
    }
    this.#delayed.add(batch)
    const ready = () => {
      this.#delayed.delete(batch)
      this.#again.push(batch)
    }
    if (waitMs === 0) {
      ready()
      return
    }
    batch.cancelWait = clock.schedule(waitMs, () => {
      ready()
      this.pump()
    })
  }
}

function newStop(): AbortController {
  const stop = new AbortController()
  // Every connection under way listens; their number is bounded by the connections and copies.
  setMaxListeners(0, stop.signal)
  return stop
}
