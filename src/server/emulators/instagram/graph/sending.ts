import type { Thread } from '../world/thread.ts'
import type { Call } from './call.ts'
import { badParameter, graphError } from './graph-error.ts'
import { asMembers } from './params.ts'

const HOUR_MS = 3_600_000
const WINDOW_MS = 24 * HOUR_MS
const HUMAN_WINDOW_MS = 7 * 24 * HOUR_MS
const MESSAGING_TYPES = new Set(['', 'RESPONSE', 'UPDATE', 'MESSAGE_TAG'])
const HUMAN_AGENT = 'HUMAN_AGENT'

export type Sending = { thread: Thread; isTagged: boolean }

/** To whom, and in which way. */
export function readSending({ account, params }: Call): Sending {
  const recipient = params.object('recipient')
  if (recipient === null) throw badParameter('The parameter recipient is required')
  if ('comment_id' in recipient) throw graphError(10, 2534013)
  const thread = account.findThread(String(recipient.id ?? ''))
  if (thread === null) throw graphError(100, 2534014)
  return { thread, isTagged: isTagged(params.text('messaging_type'), params.text('tag')) }
}

function isTagged(type: string, tag: string): boolean {
  if (!MESSAGING_TYPES.has(type)) {
    throw badParameter('Param messaging_type must be one of {RESPONSE, UPDATE, MESSAGE_TAG}')
  }
  if (type !== 'MESSAGE_TAG' && tag === '') return false
  if (tag !== HUMAN_AGENT) throw badParameter(`Param tag must be one of {${HUMAN_AGENT}}`)
  return true
}

/** The person may have shut the door, or the owner thrown the thread away. */
export function requireReachable(thread: Thread): void {
  if (thread.blocked) throw graphError(551, 1545041)
  if (thread.deleted) throw graphError(100, 2534001)
}

/** 24 hours from the customer's last message; seven days for a person with the tag. */
export function requireWindow({ world, account }: Call, { thread, isTagged }: Sending): void {
  const since = thread.lastCustomerMessageMs
  const age = since === null ? Number.POSITIVE_INFINITY : world.surroundings.clock.now() - since
  const isHuman = isTagged && account.humanAgent
  if (age >= (isHuman ? HUMAN_WINDOW_MS : WINDOW_MS)) throw graphError(10, 2534022)
}

export function attachmentOf(message: Record<string, unknown>): Record<string, unknown> | null {
  const [first] = Array.isArray(message.attachments) ? message.attachments : []
  return asMembers(message.attachment ?? first)
}
