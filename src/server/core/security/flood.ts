import { limitKeyOf } from '../../contract/network.ts'
import type { SecurityLog, SecurityNote } from '../ports/security.ts'
import { MINUTE_MS } from './budget.ts'

/** Events of one address, and of all together, that are written one by one in a minute; what is more is added up. */
export const MAX_BY_ADDRESS = 30
export const MAX_BY_ALL = 3_000
/** Kinds of the rest that are told apart; beyond it they are told apart by kind alone. */
export const MAX_SUMS = 1_000

/**
 * Keeps a flood from filling the store: in each minute only the first events of an address, and of all, are noted as they
 * are; the others are noted at its end as one with their number, so that every figure stays true.
 */
export class FloodGuard implements SecurityLog {
  private seen = new Map<string, number>()
  private written = 0
  private sums = new Map<string, SecurityNote & { count: number }>()
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly log: SecurityLog) {}

  note(event: SecurityNote) {
    this.timer ??= setTimeout(() => this.flush(), MINUTE_MS).unref()
    const key = limitKeyOf(event.address)
    const seen = this.seen.get(key) ?? 0
    if (this.written >= MAX_BY_ALL || seen >= MAX_BY_ADDRESS) return this.add(event, key)
    this.seen.set(key, seen + 1)
    this.written++
    this.log.note(event)
  }

  /** Writes what was added up, and begins a new minute. */
  flush() {
    clearTimeout(this.timer)
    this.timer = undefined
    for (const sum of this.sums.values()) this.log.note(sum)
    this.seen = new Map()
    this.sums = new Map()
    this.written = 0
  }

  private add(event: SecurityNote, address: string) {
    const { kind, workspaceId, userId, count = 1 } = event
    const key = `${kind} ${workspaceId} ${userId} ${address}`
    const isKnown = this.sums.has(key) || this.sums.size < MAX_SUMS
    const first = isKnown ? event : { ...event, workspaceId: null, userId: null, address: '', detail: {} }
    const found = isKnown ? key : kind
    const held = this.sums.get(found)
    this.sums.set(found, { ...(held ?? first), count: (held?.count ?? 0) + count })
  }
}
