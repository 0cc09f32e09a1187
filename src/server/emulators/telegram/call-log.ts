import { CallLog } from '../call-log.ts'
import type { CallFilter, RecordedCall, RecordedFile } from './control-types.ts'
import type { EmulatorLimits } from './limits.ts'
import { redactParams } from './redact.ts'

type Arrival = {
  atMs: number
  botId: number | null
  method: string
  params: ReadonlyMap<string, string>
  files: RecordedFile[]
}

/** The last calls of the Bot API, without their secrets. */
export class BotCalls extends CallLog<RecordedCall, CallFilter> {
  readonly #maxLength: number

  constructor(limits: EmulatorLimits) {
    super(limits, matches)
    this.#maxLength = limits.maxLoggedValueLength
  }

  record(arrival: Arrival, tokens: Iterable<string>): RecordedCall {
    const params = redactParams(arrival.params, tokens, this.#maxLength)
    return this.add({ ...arrival, params, status: null, description: null })
  }
}

function matches(call: RecordedCall, filter: CallFilter): boolean {
  if (filter.botId !== undefined && call.botId !== filter.botId) return false
  if (filter.chatId !== undefined && call.params.chat_id !== String(filter.chatId)) return false
  return filter.method === undefined || call.method.toLowerCase() === filter.method.toLowerCase()
}
