import type { SimulatedFault, SimulatedTrouble } from '../contract/simulator.ts'

/** As good as for ever. */
const ALWAYS = 1_000_000

interface Waiting {
  id: number
  remaining: number
}

/** The part of an emulator that makes calls go wrong. */
interface FaultBench<New extends object, Kept extends Waiting> {
  setFault(fault: New): Waiting
  listFaults(): Kept[]
  clearFaults(): void
}

/** Troubles of an emulator's API: each waits under a number until it has struck, or is taken back. */
export class ApiFaults<New extends object, Kept extends Waiting> {
  readonly #bench: FaultBench<New, Kept>
  readonly #specs: Partial<Record<SimulatedTrouble, New>>
  readonly #set = new Map<SimulatedTrouble, { id: number; until: SimulatedFault['until'] }>()

  constructor(bench: FaultBench<New, Kept>, specs: Partial<Record<SimulatedTrouble, New>>) {
    this.#bench = bench
    this.#specs = specs
  }

  knows(trouble: SimulatedTrouble): boolean {
    return this.#specs[trouble] !== undefined
  }

  list(): { trouble: SimulatedTrouble; until: SimulatedFault['until'] }[] {
    const waiting = new Set(this.#bench.listFaults().map(({ id }) => id))
    return [...this.#set].flatMap(([trouble, { id, until }]) => (waiting.has(id) ? [{ trouble, until }] : []))
  }

  /** An emulator forgets all faults or none, so those that stay are set anew. */
  set(trouble: SimulatedTrouble, until: SimulatedFault['until'] | 'none'): void {
    const others = this.list().filter((one) => one.trouble !== trouble)
    this.clear()
    for (const one of until === 'none' ? others : [...others, { trouble, until }])
      this.#add(one.trouble, one.until)
  }

  clear(): void {
    this.#bench.clearFaults()
    this.#set.clear()
  }

  #add(trouble: SimulatedTrouble, until: SimulatedFault['until']): void {
    const spec = this.#specs[trouble]
    if (!spec) return
    const { id } = this.#bench.setFault({ ...spec, times: until === 'once' ? 1 : ALWAYS })
    this.#set.set(trouble, { id, until })
  }
}
