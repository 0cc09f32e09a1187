import { actIn, view } from '../world/acting.ts'
import type { Answer, Call } from './call.ts'
import { badParameter } from './graph-error.ts'
import { requireReachable, requireWindow, type Sending } from './sending.ts'

const EMOJI = { love: '❤️' } as Record<string, string>

/** What the account does without a message. None of it is echoed. */
export function runSenderAction(call: Call, sending: Sending): Answer {
  const { params } = call
  const { thread } = sending
  const action = params.text('sender_action').toLowerCase()
  if (params.has('message')) throw badParameter('Only one of message and sender_action may be set')
  requireReachable(thread)
  if (action === 'react' || action === 'unreact') react(call, sending, action)
  else if (action === 'mark_seen') markSeen(sending)
  else if (action === 'typing_on' || action === 'typing_off') {
    thread.events.signal({ type: 'typing', on: action === 'typing_on' })
  } else {
    throw badParameter(
      'Param sender_action must be one of {typing_on, typing_off, mark_seen, react, unreact}',
    )
  }
  return { body: { recipient_id: thread.igsid } }
}

function markSeen({ thread }: Sending): void {
  const mid = thread.messages().findLast(({ from }) => from === 'customer')?.mid
  if (mid === undefined || mid === thread.accountSeenMid) return
  thread.accountSeenMid = mid
  thread.events.append({ type: 'seen', by: 'account', mid })
}

function react(call: Call, sending: Sending, action: 'react' | 'unreact'): void {
  const { world, account, params } = call
  requireWindow(call, sending)
  const payload = params.object('payload') ?? {}
  const mid = String(payload.message_id ?? '')
  const { thread } = actIn(world, { accountId: account.id, igsid: sending.thread.igsid })
  const message = thread.find(mid)
  if (message === null || message.unsent)
    throw badParameter('Param payload[message_id] is not a message here')
  const emoji = EMOJI[String(payload.reaction ?? '')]
  if (action === 'react' && emoji === undefined)
    throw badParameter('Param payload[reaction] must be one of {love}')
  message.reactions.account = action === 'react' ? (emoji ?? null) : null
  thread.events.append({ type: 'reaction', message: view(world, message) })
}
