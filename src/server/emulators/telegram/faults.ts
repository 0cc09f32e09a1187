import { FaultList } from '../fault-list.ts'
import type { Fault, FaultEffect, NamedFault, NewFault } from './fault-types.ts'
import { KNOWN_ERRORS } from './known-errors.ts'

/** Whatever puts a message into a chat. */
const ANY_SEND = 'send*'

type Target = { botId: number | null; chatId: number | null; method: string }

/** Faults of the Bot API, by bot, chat and method. */
export class BotFaults extends FaultList<NewFault, Fault, Target> {
  constructor(limits: { maxFaults: number }) {
    super(limits, { keep, aimsAt })
  }
}

function keep(input: NewFault, waiting: { id: number; remaining: number }): Fault {
  const { botId = null, chatId = null, method = null, times: _, ...given } = input
  return { ...effectOf(given), ...waiting, botId, chatId, method }
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
