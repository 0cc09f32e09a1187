import { ControlError } from './control/control-error.ts'
import type { Fault, FaultEffect, NamedFault, NewFault } from './fault-types.ts'
import { KNOWN_ERRORS } from './known-errors.ts'
import type { EmulatorLimits } from './limits.ts'

/** Whatever puts a message into a chat. */
const ANY_SEND = 'send*'

type Target = { botId: number | null; chatId: number | null; method: string }

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
    const { botId = null, chatId = null, method = null, times = 1, ...given } = input
    this.#lastId += 1
    const fault = { ...effectOf(given), id: this.#lastId, botId, chatId, method, remaining: times }
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

function effectOf(given: FaultEffect | NamedFault): FaultEffect {
  if (given.kind !== 'error') return given
  const { error, retry_after } = given
  const known = KNOWN_ERRORS[error]
  if (error !== 'too_many_requests' || retry_after === undefined) return { kind: 'status', ...known }
  const description = `Too Many Requests: retry after ${retry_after}`
  return { kind: 'status', status: known.status, description, parameters: { retry_after } }
}

function aimsAt(fault: Fault, target: Target): boolean {
  if (fault.botId !== null && fault.botId !== target.botId) return false
  if (fault.chatId !== null && fault.chatId !== target.chatId) return false
  return fault.method === null || isMethod(fault.method.toLowerCase(), target.method.toLowerCase())
}

const isMethod = (asked: string, method: string): boolean =>
  asked === ANY_SEND ? method.startsWith('send') && method !== 'sendchataction' : asked === method
