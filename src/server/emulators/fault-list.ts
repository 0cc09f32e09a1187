import { ControlError } from './control-error.ts'

type Waiting = { id: number; remaining: number }

/** What a vendor's faults are made of, and which calls they are meant for. */
type FaultRules<New, Kept extends Waiting, Target> = {
  keep(input: New, waiting: Waiting): Kept
  aimsAt(fault: Kept, target: Target): boolean
}

/** Faults waiting for the calls they are meant for; the oldest match is used first. */
export class FaultList<New extends { times?: number }, Kept extends Waiting, Target> {
  readonly #maxFaults: number
  readonly #rules: FaultRules<New, Kept, Target>
  #faults: Kept[] = []
  #lastId = 0

  constructor({ maxFaults }: { maxFaults: number }, rules: FaultRules<New, Kept, Target>) {
    this.#maxFaults = maxFaults
    this.#rules = rules
  }

  add(input: New): Kept {
    if (this.#faults.length >= this.#maxFaults) {
      throw new ControlError(503, 'too_many_faults', 'too many faults are waiting; clear them first')
    }
    this.#lastId += 1
    const fault = this.#rules.keep(input, { id: this.#lastId, remaining: input.times ?? 1 })
    this.#faults.push(fault)
    return { ...fault }
  }

  /** Uses up one time of the first fault that matches. */
  take(target: Target): Kept | null {
    const fault = this.#faults.find((candidate) => this.#rules.aimsAt(candidate, target))
    if (fault === undefined) return null
    fault.remaining -= 1
    if (fault.remaining <= 0) this.#faults = this.#faults.filter((other) => other !== fault)
    return fault
  }

  list(): Kept[] {
    return this.#faults.map((fault) => ({ ...fault }))
  }

  clear(): void {
    this.#faults = []
  }
}
