import type { CallFilter, CallPage, RecordedCall } from './call-types.ts'
import type { EmulatorLimits } from './limits.ts'
import { redactParam, redactSecrets } from './redact.ts'

export type Arrival = Omit<RecordedCall, 'params' | 'status' | 'code' | 'subcode'> & {
  params: ReadonlyMap<string, string>
}

/** The last calls that arrived, without their secrets. */
export class CallLog {
  readonly #limits: EmulatorLimits
  #calls: RecordedCall[] = []
  #dropped = 0

  constructor(limits: EmulatorLimits) {
    this.#limits = limits
  }

  /** The returned record is filled in when the call is answered. */
  record(arrival: Arrival, secrets: readonly string[]): RecordedCall {
    const params: Record<string, string> = {}
    for (const [name, value] of arrival.params) {
      params[name] = redactParam(name, value, secrets).slice(0, this.#limits.maxLoggedValueLength)
    }
    const path = redactSecrets(arrival.path, secrets).slice(0, this.#limits.maxLoggedValueLength)
    const call = { ...arrival, path, params, status: null, code: null, subcode: null }
    this.#calls.push(call)
    if (this.#calls.length > this.#limits.maxCalls) this.#dropOldest()
    return call
  }

  list(filter: CallFilter = {}): CallPage {
    const calls = this.#calls.filter((call) => matches(call, filter)).map((call) => structuredClone(call))
    return { calls, dropped: this.#dropped }
  }

  counts(): { calls: number; droppedCalls: number } {
    return { calls: this.#calls.length, droppedCalls: this.#dropped }
  }

  clear(): void {
    this.#calls = []
    this.#dropped = 0
  }

  #dropOldest(): void {
    this.#calls.shift()
    this.#dropped += 1
  }
}

function matches(call: RecordedCall, { accountId, igsid, op }: CallFilter): boolean {
  if (accountId !== undefined && call.accountId !== accountId) return false
  if (igsid !== undefined && call.igsid !== igsid) return false
  return op === undefined || call.op === op
}
