import type { CallFilter, CallPage, RecordedCall, RecordedFile } from './control-types.ts'
import type { EmulatorLimits } from './limits.ts'
import { redactParam } from './redact.ts'

type Arrival = {
  atMs: number
  botId: number | null
  method: string
  params: ReadonlyMap<string, string>
  files: RecordedFile[]
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
  record(arrival: Arrival, tokens: Iterable<string>): RecordedCall {
    const secrets = [...tokens]
    const params: Record<string, string> = {}
    for (const [name, value] of arrival.params) {
      params[name] = redactParam(name, value.slice(0, this.#limits.maxLoggedValueLength), secrets)
    }
    const call = { ...arrival, params, status: null, description: null }
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

function matches(call: RecordedCall, filter: CallFilter): boolean {
  if (filter.botId !== undefined && call.botId !== filter.botId) return false
  if (filter.chatId !== undefined && call.params.chat_id !== String(filter.chatId)) return false
  return filter.method === undefined || call.method.toLowerCase() === filter.method.toLowerCase()
}
