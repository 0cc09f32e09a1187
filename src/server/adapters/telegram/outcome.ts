import type { SendOutcome } from '../../core/ports/platform.ts'
import type { TelegramAnswer, TelegramBody } from './client.ts'

export const UNREACHABLE = 'Telegram cannot be reached'

/** Words of refusals after which a contact is out of reach, and why. */
const OUT_OF_REACH: readonly [words: RegExp, reason: string][] = [
  [/bot was blocked by the user/i, 'blocked'],
  [/user is deactivated/i, 'deactivated'],
  [/bot was kicked|not a member/i, 'kicked'],
  [/can't initiate conversation|can't send messages to bots/i, 'not_started'],
  [/chat not found|user not found|PEER_ID_INVALID/i, 'not_found'],
]

/** What an answer means for what was to be done. `sent` says what Telegram calls it where it was. */
export function outcomeOf(answer: TelegramAnswer, sent: (body: TelegramBody) => SendOutcome): SendOutcome {
  if (answer.kind === 'unreachable') return { outcome: 'retry', error: UNREACHABLE, retryAfterMs: null }
  if (answer.kind === 'unread')
    return { outcome: 'retry', error: 'The file could not be read', retryAfterMs: null }
  if (answer.kind === 'lost') return { outcome: 'unconfirmed', ...wordsOf(answer) }
  return answer.body.ok ? sent(answer.body) : refusalOf(answer)
}

const wordsOf = ({ status }: { status?: number }) =>
  status === undefined ? { error: 'Request timeout' } : { error: `HTTP ${status}`, code: String(status) }

type Answered = Extract<TelegramAnswer, { kind: 'answered' }>

function refusalOf({ status, body, retryAfterMs }: Answered): SendOutcome {
  const said = { error: describe(body), code: String(status) }
  if (status === 429) return { outcome: 'retry', ...said, retryAfterMs, scope: 'contact' }
  // Only getUpdates conflicts by itself; a method that does has met a server that is changing over.
  if (status >= 500 || status === 409) return { outcome: 'retry', ...said, retryAfterMs }
  if (isDeadToken(status, said.error)) return { outcome: 'stopped', ...said }
  const unreachable = OUT_OF_REACH.find(([words]) => words.test(said.error))?.[1]
  return { outcome: 'failed', ...said, ...(unreachable && { unreachable }) }
}

/** A path with a token that is none answers 404, and so does a method that the server does not know. */
export const isDeadToken = (status: number, error: string): boolean =>
  status === 401 || (status === 404 && !/method not found/i.test(error))

export const isPassing = (status: number): boolean => status === 429 || status >= 500

export const describe = (body: TelegramBody): string =>
  typeof body.description === 'string' && body.description !== '' ? body.description : 'Unknown error'

/** True where it was refused in these words. */
export const isRefusedFor = (answer: TelegramAnswer, words: RegExp): boolean =>
  answer.kind === 'answered' && answer.status === 400 && !answer.body.ok && words.test(describe(answer.body))
