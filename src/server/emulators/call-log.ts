type LogLimits = { maxCalls: number }

/** The last calls that arrived; each is filled in when it is answered. */
export class CallLog<Call, Filter> {
  readonly #maxCalls: number
  readonly #matches: (call: Call, filter: Filter) => boolean
  #calls: Call[] = []
  #dropped = 0

  constructor({ maxCalls }: LogLimits, matches: (call: Call, filter: Filter) => boolean) {
    this.#maxCalls = maxCalls
    this.#matches = matches
  }

  add(call: Call): Call {
    this.#calls.push(call)
    if (this.#calls.length > this.#maxCalls) this.#dropOldest()
    return call
  }

  list(filter?: Filter): { calls: Call[]; dropped: number } {
    const isAsked = (call: Call) => filter === undefined || this.#matches(call, filter)
    return { calls: this.#calls.filter(isAsked).map((call) => structuredClone(call)), dropped: this.#dropped }
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
