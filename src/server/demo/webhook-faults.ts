import type { SimulatedFault } from '../contract/simulator.ts'

type Until = SimulatedFault['until'] | 'none'

const COPIES = 10
/** Out of order needs two: the first one waits for the second. */
const HELD = 2

/** The part of an emulator that posts webhooks. */
interface WebhookBench {
  settings(to: { copies?: number; paused?: boolean; isReversed?: boolean }): void
  redeliver(id: number, copies: number): Promise<unknown>
  pending(): number
}

/** Troubles on the way from an emulator to the product: the same ten times, and the newest first. */
export class WebhookFaults {
  readonly #bench: WebhookBench
  #duplicates: Until = 'none'
  #order: Until = 'none'
  #held = 0

  constructor(bench: WebhookBench) {
    this.#bench = bench
  }

  list(): { trouble: 'duplicates' | 'out_of_order'; until: SimulatedFault['until'] }[] {
    this.#endOrder()
    const all = [
      { trouble: 'duplicates' as const, until: this.#duplicates },
      { trouble: 'out_of_order' as const, until: this.#order },
    ]
    return all.flatMap(({ trouble, until }) => (until === 'none' ? [] : [{ trouble, until }]))
  }

  set(trouble: 'duplicates' | 'out_of_order', until: Until): void {
    if (trouble === 'duplicates') {
      this.#duplicates = until
      this.#bench.settings({ copies: until === 'off' ? COPIES : 1 })
      return
    }
    this.#order = until
    this.#held = 0
    // Two by two for as long as it is on: what is posted at once has no order to lose.
    this.#bench.settings({ paused: until !== 'none', isReversed: until !== 'none' })
  }

  clear(): void {
    this.set('duplicates', 'none')
    this.set('out_of_order', 'none')
  }

  /** `ids` are of the events that something done on a phone caused. */
  afterAct(ids: readonly (number | null)[]): void {
    const told = ids.filter((id) => id !== null)
    if (told.length === 0) return
    if (this.#duplicates === 'once') {
      this.#duplicates = 'none'
      for (const id of told) void this.#bench.redeliver(id, COPIES - 1).catch(() => {})
    }
    if (this.#order === 'none') return
    this.#endOrder()
    this.#held += told.length
    if (this.#held < HELD) {
      this.#bench.settings({ paused: true })
      return
    }
    this.#bench.settings({ paused: false })
    if (this.#order === 'off') this.#held = 0
  }

  // The order stays turned round until what was held has gone.
  #endOrder(): void {
    if (this.#order !== 'once' || this.#held < HELD || this.#bench.pending() > 0) return
    this.#order = 'none'
    this.#held = 0
    this.#bench.settings({ paused: false, isReversed: false })
  }
}
