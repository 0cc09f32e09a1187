import { STATUS_CODES } from 'node:http'
import type { SendOutcome } from '../../core/ports/platform.ts'
import type { GraphAnswer, GraphError } from './client.ts'

export const UNREACHABLE = 'Instagram cannot be reached'

type Refused = Extract<GraphAnswer, { kind: 'refused' }>
type Verdict = 'stopped' | 'failed' | 'gone' | 'retry' | 'wait' | 'ambiguous'

/** By code and subcode. They come first: a subcode may say the opposite of its code. */
const BY_SUBCODE: Readonly<Record<string, Verdict>> = {
  // "Invalid JSON reply": the message was sent all the same.
  '1/1357046': 'ambiguous',
}

const BY_CODE: Readonly<Record<number, Verdict>> = {
  190: 'stopped',
  // Blocked for a policy: to go on sending makes it worse, so what waits waits for a person.
  368: 'stopped',
  // Outside the window, or a permission is missing.
  10: 'failed',
  200: 'failed',
  230: 'failed',
  3: 'failed',
  100: 'failed',
  2534001: 'failed',
  2534013: 'failed',
  2534025: 'failed',
  // The person blocked the account, is gone, or lets nobody write.
  551: 'gone',
  // Limits of the application, the person and the account.
  613: 'wait',
  4: 'wait',
  17: 'wait',
  32: 'wait',
  80002: 'wait',
  80006: 'wait',
  1: 'retry',
  2: 'retry',
  1200: 'retry',
}

/** Something between Instagram and us answered: Instagram may have done it nevertheless. */
const BETWEEN = new Set([502, 504])

function verdictOf({ status, error }: Refused): Verdict {
  const known = error && (BY_SUBCODE[`${error.code}/${error.error_subcode}`] ?? BY_CODE[error.code])
  if (known) return known
  if (error?.is_transient) return 'retry'
  if (!error && BETWEEN.has(status)) return 'ambiguous'
  if (status === 429) return 'wait'
  return status >= 500 ? 'retry' : 'failed'
}

/** Such as "100/2018001", or the status where it was not Instagram that answered. */
const codeOf = ({ status, error }: Refused): string => {
  if (!error) return String(status)
  return error.error_subcode === undefined ? String(error.code) : `${error.code}/${error.error_subcode}`
}

/** What a refusal means for the delivery. The status says little: nearly everything is a 400. */
export function refusalOf(refused: Refused): SendOutcome {
  const said = { error: describe(refused), code: codeOf(refused) }
  const { retryAfterMs } = refused
  switch (verdictOf(refused)) {
    case 'stopped':
      return { outcome: 'stopped', ...said }
    case 'gone':
      return { outcome: 'failed', ...said, unreachable: said.error }
    case 'wait':
      return { outcome: 'retry', ...said, retryAfterMs, scope: 'channel' }
    case 'retry':
      return { outcome: 'retry', ...said, retryAfterMs }
    case 'ambiguous':
      return { outcome: 'ambiguous', ...said }
    case 'failed':
      return { outcome: 'failed', ...said }
  }
}

/** What an answer means where nothing of it is needed; `done` says what it is then. */
export function outcomeOf(
  answer: GraphAnswer,
  done: (body: Record<string, unknown>) => SendOutcome,
): SendOutcome {
  if (answer.kind === 'unreachable') return { outcome: 'retry', error: UNREACHABLE, retryAfterMs: null }
  if (answer.kind === 'lost') return { outcome: 'ambiguous', error: 'Request timeout' }
  return answer.kind === 'refused' ? refusalOf(answer) : done(answer.body)
}

/** In the words of the legacy contract: "400 Bad Request: message - what Instagram would tell a person". */
export function describe({ status, error }: { status: number; error: GraphError | null }): string {
  const reason = STATUS_CODES[status]
  const head = reason ? `${status} ${reason}` : String(status)
  if (!error) return head
  const tail = error.error_user_msg ? ` - ${error.error_user_msg}` : ''
  return `${head}: ${error.message || 'Unknown error'}${tail}`
}
