import { ControlError } from '../../control-error.ts'
import type { Delivery, RawEvent } from '../control-types.ts'
import type { Surroundings } from '../world/surroundings.ts'
import type { App } from './app.ts'
import { batchBody } from './batch.ts'

export type Entry = { event: RawEvent; told: Delivery; tried: () => void; triedOnce: Promise<void> }
/** What goes in one POST, and goes again in the same bytes. */
export type Batch = {
  entries: Entry[]
  body: string
  failures: number
  sinceMs: number
  cancelWait: () => void
}

/** The events that were not taken yet, and the record of those of late. */
export class Queue {
  readonly #app: App
  readonly #surroundings: Surroundings
  readonly #recent = new Map<number, Entry>()
  #waiting: Entry[] = []
  #pending = 0
  #lastId = 0

  constructor(app: App, surroundings: Surroundings) {
    this.#app = app
    this.#surroundings = surroundings
  }

  /** How many are not at their end, taken or not. */
  get pending(): number {
    return this.#pending
  }

  requireRoom(): void {
    if (this.#pending >= this.#surroundings.limits.maxPendingDeliveries) {
      throw new ControlError(503, 'queue_full', 'too many events are waiting to be delivered')
    }
  }

  /** Answers the delivery's id. */
  push(event: RawEvent): number {
    const entry = this.#newEntry(event)
    this.#waiting.push(entry)
    this.#pending += 1
    return entry.told.id
  }

  find(deliveryId: number): Entry | null {
    return this.#recent.get(deliveryId) ?? null
  }

  list(): Delivery[] {
    return [...this.#recent.values()].map(({ told }) => structuredClone(told))
  }

  /** Takes what goes next, in the order that is set. */
  take(): Batch | null {
    const { batch: size, order } = this.#app.delivery
    if (this.#waiting.length === 0) return null
    if (order === 'shuffled') this.#shuffle()
    const entries =
      order === 'reversed' ? this.#waiting.splice(-size).reverse() : this.#waiting.splice(0, size)
    const sinceMs = this.#surroundings.clock.now()
    const body = batchBody(
      entries.map(({ event }) => event),
      sinceMs,
    )
    return { entries, body, failures: 0, sinceMs, cancelWait: () => {} }
  }

  finish({ entries }: Batch, state: Delivery['state']): void {
    for (const { told } of entries) told.state = state
    this.#pending -= entries.length
  }

  clear(): void {
    for (const entry of [...this.#recent.values(), ...this.#waiting]) entry.tried()
    this.#waiting = []
    this.#recent.clear()
    this.#pending = 0
  }

  #newEntry(event: RawEvent): Entry {
    this.#lastId += 1
    const id = this.#lastId
    let tried = () => {}
    const triedOnce = new Promise<void>((resolve) => {
      tried = resolve
    })
    const { accountId, item } = event
    const atMs = this.#surroundings.clock.now()
    const fresh = { attempts: 0, status: null, state: 'waiting', lastError: null } as const
    const entry = { event, told: { id, atMs, accountId, item, ...fresh }, tried, triedOnce }
    this.#recent.set(id, entry)
    const [oldest] = this.#recent.keys()
    const isFull = this.#recent.size > this.#surroundings.limits.maxRecentDeliveries
    if (isFull && oldest !== undefined) this.#recent.delete(oldest)
    return entry
  }

  #shuffle(): void {
    const list = this.#waiting
    for (let at = list.length - 1; at > 0; at -= 1) {
      const other = Math.floor(this.#surroundings.random() * (at + 1))
      const [one, two] = [list[at], list[other]]
      if (one && two) [list[at], list[other]] = [two, one]
    }
  }
}
