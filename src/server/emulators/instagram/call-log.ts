import { CallLog } from '../call-log.ts'
import type { CallFilter, RecordedCall } from './call-types.ts'
import type { EmulatorLimits } from './limits.ts'
import { redactParams, redactSecrets } from './redact.ts'

type Arrival = Omit<RecordedCall, 'params' | 'status' | 'code' | 'subcode'> & {
  params: ReadonlyMap<string, string>
}

/** The last calls of the Graph API, without their secrets. */
export class GraphCalls extends CallLog<RecordedCall, CallFilter> {
  readonly #maxLength: number

  constructor(limits: EmulatorLimits) {
    super(limits, matches)
    this.#maxLength = limits.maxLoggedValueLength
  }

  record(arrival: Arrival, secrets: readonly string[]): RecordedCall {
    const params = redactParams(arrival.params, secrets, this.#maxLength)
    const path = redactSecrets(arrival.path, secrets).slice(0, this.#maxLength)
    return this.add({ ...arrival, path, params, status: null, code: null, subcode: null })
  }
}

function matches(call: RecordedCall, { accountId, igsid, op }: CallFilter): boolean {
  if (accountId !== undefined && call.accountId !== accountId) return false
  if (igsid !== undefined && call.igsid !== igsid) return false
  return op === undefined || call.op === op
}
