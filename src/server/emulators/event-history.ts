import { randomBytes } from 'node:crypto'

/** `ready` carries the position from which a reader is live; `reset` says that the position asked for is gone. */
type Opening = { type: 'ready' } | { type: 'reset' }

/** `id` is the position after this event; null for what has no place in the history. */
export type PlacedEvent<Event> = { id: string | null; event: Event | Opening }
type Listener<Event> = (placed: PlacedEvent<Event>) => void

/** The history of changes of one chat, resumable by position while it is kept. */
export class EventHistory<Event> {
  // Another emulator counts from one again: its positions must not be taken for ours.
  readonly #epoch = randomBytes(6).toString('hex')
  readonly #maxKept: number
  readonly #kept: Event[] = []
  readonly #listeners = new Set<Listener<Event>>()
  #last = 0

  constructor(maxKept: number) {
    this.#maxKept = maxKept
  }

  append(event: Event): void {
    this.#last += 1
    this.#kept.push(event)
    if (this.#kept.length > this.#maxKept) this.#kept.shift()
    this.#tell({ id: this.#position(this.#last), event })
  }

  /** Tells those who listen now, and nobody later. */
  signal(event: Event): void {
    this.#tell({ id: null, event })
  }

  /** Delivers what happened after `lastId`, then everything live; returns the function that unsubscribes. */
  subscribe(lastId: string | null, listener: Listener<Event>): () => void {
    for (const placed of this.#opening(lastId)) listener(placed)
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #opening(lastId: string | null): PlacedEvent<Event>[] {
    const ready: PlacedEvent<Event> = { id: this.#position(this.#last), event: { type: 'ready' } }
    if (lastId === null) return [ready]
    const after = this.#parse(lastId)
    const firstKept = this.#last - this.#kept.length
    if (after === null || after < firstKept || after > this.#last) {
      return [{ ...ready, event: { type: 'reset' } }, ready]
    }
    const missed = this.#kept.slice(after - firstKept)
    return [...missed.map((event, index) => ({ id: this.#position(after + index + 1), event })), ready]
  }

  #tell(placed: PlacedEvent<Event>): void {
    for (const listener of [...this.#listeners]) listener(placed)
  }

  #position(count: number): string {
    return `${this.#epoch}-${count}`
  }

  #parse(id: string): number | null {
    const [epoch, count] = id.split('-')
    return epoch === this.#epoch && count !== undefined && /^\d+$/.test(count) ? Number(count) : null
  }
}
