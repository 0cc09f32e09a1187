import type { Fault, GraphOp, NewFault } from './call-types.ts'
import { ControlError } from './control/control-error.ts'
import type { EmulatorLimits } from './limits.ts'

type Target = { accountId: string | null; igsid: string | null; op: GraphOp }

/** Faults waiting for the calls they are meant for; the oldest match is used first. */
export class FaultList {
  readonly #limits: EmulatorLimits
  #faults: Fault[] = []
  #lastId = 0

  constructor(limits: EmulatorLimits) {
    this.#limits = limits
  }

  add(input: NewFault): Fault {
    if (this.#faults.length >= this.#limits.maxFaults) {
      throw new ControlError(503, 'too_many_faults', 'too many faults are waiting; clear them first')
    }
    const { accountId = null, igsid = null, op = null, times = 1, ...effect } = input
    this.#lastId += 1
    const fault = { ...effect, id: this.#lastId, accountId, igsid, op, remaining: times }
    this.#faults.push(fault)
    return { ...fault }
  }

  /** Uses up one time of the first fault that matches. */
  take(target: Target): Fault | null {
    const fault = this.#faults.find((candidate) => aimsAt(candidate, target))
    if (fault === undefined) return null
    fault.remaining -= 1
    if (fault.remaining <= 0) this.#faults = this.#faults.filter((other) => other !== fault)
    return fault
  }

  list(): Fault[] {
    return this.#faults.map((fault) => ({ ...fault }))
  }

  clear(): void {
    this.#faults = []
  }
}

function aimsAt(fault: Fault, { accountId, igsid, op }: Target): boolean {
  if (fault.accountId !== null && fault.accountId !== accountId) return false
  if (fault.igsid !== null && fault.igsid !== igsid) return false
  return fault.op === null || fault.op === op
}
