import { randomBytes } from 'node:crypto'
import type { ChatEvent } from '../message-types.ts'

/** `id` is the position after this event; null for what has no place in the history. */
export type PlacedEvent = { id: string | null; event: ChatEvent }
export type ChatListener = (placed: PlacedEvent) => void

/** The history of changes of one chat, resumable by position while it is kept. */
export class ChatEvents {
  // Another emulator counts from one again: its positions must not be taken for ours.
  readonly #epoch = randomBytes(6).toString('hex')
  readonly #maxKept: number
  readonly #kept: ChatEvent[] = []
  readonly #listeners = new Set<ChatListener>()
  #last = 0

  constructor(maxKept: number) {
    this.#maxKept = maxKept
  }

  append(event: ChatEvent): void {
    this.#last += 1
    this.#kept.push(event)
    if (this.#kept.length > this.#maxKept) this.#kept.shift()
    this.#tell({ id: this.#position(this.#last), event })
  }

  /** Tells those who listen now, and nobody later. */
  signal(event: ChatEvent): void {
    this.#tell({ id: null, event })
  }

  /** Delivers what happened after `lastId`, then everything live; returns the function that unsubscribes. */
  subscribe(lastId: string | null, listener: ChatListener): () => void {
    for (const placed of this.#opening(lastId)) listener(placed)
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #opening(lastId: string | null): PlacedEvent[] {
    const ready: PlacedEvent = { id: this.#position(this.#last), event: { type: 'ready' } }
    if (lastId === null) return [ready]
    const after = this.#parse(lastId)
    const firstKept = this.#last - this.#kept.length
    if (after === null || after < firstKept || after > this.#last) {
      return [{ ...ready, event: { type: 'reset' } }, ready]
    }
    const missed = this.#kept.slice(after - firstKept)
    return [...missed.map((event, index) => ({ id: this.#position(after + index + 1), event })), ready]
  }

  #tell(placed: PlacedEvent): void {
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
