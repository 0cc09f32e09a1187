import { ControlError } from '../../control-error.ts'
import type { Surroundings } from '../world/surroundings.ts'

const UPDATE_LIFE_MS = 24 * 60 * 60 * 1000

/** `lane` is what updates must follow one another in; `body` is the JSON that is sent. */
export type PendingUpdate = { updateId: number; lane: string; body: string; expiresAtMs: number }

/** The updates of one bot that nobody has confirmed yet, oldest first. */
export class UpdateQueue {
  readonly #surroundings: Surroundings
  readonly #pending = new Map<number, PendingUpdate>()
  readonly #recent = new Map<number, PendingUpdate>()
  #nextId: number

  constructor(surroundings: Surroundings, firstId: number) {
    this.#surroundings = surroundings
    this.#nextId = firstId
  }

  /** Throws while there is no room. To be asked before anything is changed that an update will tell. */
  requireRoom(): void {
    this.#dropExpired()
    if (this.#pending.size >= this.#surroundings.limits.maxPendingUpdates) {
      throw new ControlError(503, 'queue_full', 'too many updates of this bot are waiting to be delivered')
    }
  }

  push(kind: string, lane: string, payload: object): PendingUpdate {
    const updateId = this.#nextId
    this.#nextId += 1
    const body = JSON.stringify({ update_id: updateId, [kind]: payload })
    const expiresAtMs = this.#surroundings.clock.now() + UPDATE_LIFE_MS
    const update = { updateId, lane, body, expiresAtMs }
    this.#pending.set(updateId, update)
    this.#remember(update)
    return update
  }

  list(limit = Number.POSITIVE_INFINITY, from = 0): PendingUpdate[] {
    this.#dropExpired()
    const page: PendingUpdate[] = []
    for (const update of this.#pending.values()) {
      if (page.length >= limit) break
      if (update.updateId >= from) page.push(update)
    }
    return page
  }

  size(): number {
    this.#dropExpired()
    return this.#pending.size
  }

  confirm(updateId: number): void {
    this.#pending.delete(updateId)
  }

  confirmBefore(offset: number): void {
    for (const updateId of this.#pending.keys()) {
      if (updateId >= offset) return
      this.#pending.delete(updateId)
    }
  }

  keepNewest(count: number): void {
    const surplus = this.#pending.size - count
    const oldest = [...this.#pending.keys()].slice(0, Math.max(0, surplus))
    for (const updateId of oldest) this.#pending.delete(updateId)
  }

  clear(): void {
    this.#pending.clear()
  }

  /** An update of late, confirmed or not. */
  findRecent(updateId: number): PendingUpdate | null {
    return this.#recent.get(updateId) ?? this.#pending.get(updateId) ?? null
  }

  #remember(update: PendingUpdate): void {
    this.#recent.set(update.updateId, update)
    const [oldest] = this.#recent.keys()
    const { maxRecentUpdates } = this.#surroundings.limits
    if (this.#recent.size > maxRecentUpdates && oldest !== undefined) this.#recent.delete(oldest)
  }

  #dropExpired(): void {
    const now = this.#surroundings.clock.now()
    for (const update of this.#pending.values()) {
      if (update.expiresAtMs > now) return
      this.#pending.delete(update.updateId)
    }
  }
}
