import type { SimulatedMessage, SimulatorChat, SimulatorEvent } from '../../server/contract/simulator.ts'

/** Messages that one phone holds; older ones are no longer on it. */
export const MAX_HELD_MESSAGES = 500
/** Messages on their way at once; more are not taken until some have arrived. */
export const MAX_OUTGOING = 20

/** Something written that the platform has not stored yet. */
export interface Outgoing {
  key: string
  text: string
  state: 'sending' | 'failed'
}

export interface PhoneState {
  phase: 'loading' | 'ready' | 'failed'
  isConnected: boolean
  isTyping: boolean
  isBlocked: boolean
  messages: readonly SimulatedMessage[]
  outgoing: readonly Outgoing[]
}

export type PhoneAction =
  | { type: 'loaded'; chat: SimulatorChat }
  | { type: 'load-failed' }
  | { type: 'reloading' }
  | { type: 'connection'; isConnected: boolean }
  | { type: 'event'; event: SimulatorEvent }
  | { type: 'typing-ended' }
  | { type: 'writing'; key: string; text: string }
  | { type: 'stored'; key: string; message: SimulatedMessage }
  | { type: 'not-stored'; key: string }
  | { type: 'blocked'; isBlocked: boolean }

export const switchedOff: PhoneState = {
  phase: 'loading',
  isConnected: false,
  isTyping: false,
  isBlocked: false,
  messages: [],
  outgoing: [],
}

/** One phone's next state. Snapshots and events may come in any order and more than once: messages merge by id. */
export const nextPhoneState = (state: PhoneState, action: PhoneAction): PhoneState => {
  switch (action.type) {
    case 'loaded':
      return { ...merged(state, action.chat.messages), phase: 'ready', isBlocked: action.chat.blocked }
    case 'load-failed':
      return { ...state, phase: state.phase === 'ready' ? 'ready' : 'failed' }
    case 'reloading':
      return { ...state, phase: state.phase === 'ready' ? 'ready' : 'loading' }
    case 'connection':
      return { ...state, isConnected: action.isConnected, isTyping: action.isConnected && state.isTyping }
    case 'event':
      return onEvent(state, action.event)
    case 'typing-ended':
      return { ...state, isTyping: false }
    case 'blocked':
      return { ...state, isBlocked: action.isBlocked }
    default:
      return onOutgoing(state, action)
  }
}

const onEvent = (state: PhoneState, event: SimulatorEvent): PhoneState => {
  if (event.type === 'typing') return { ...state, isTyping: true }
  if (event.type === 'blocked') return { ...state, isBlocked: event.blocked }
  const { message } = event
  const next = merged(state, [message])
  return message.from === 'bot'
    ? { ...next, isTyping: false }
    : { ...next, outgoing: withoutEcho(state, message) }
}

// The stream may bring a message back before its own request is answered: then the first waiting one of that text is it.
const withoutEcho = ({ outgoing, messages }: PhoneState, message: SimulatedMessage): readonly Outgoing[] => {
  if (messages.some((held) => held.messageId === message.messageId)) return outgoing
  const echoed = outgoing.find((one) => one.state === 'sending' && one.text === message.text)
  return outgoing.filter((one) => one !== echoed)
}

type OutgoingAction = Extract<PhoneAction, { key: string }>

const onOutgoing = (state: PhoneState, action: OutgoingAction): PhoneState => {
  const others = state.outgoing.filter((one) => one.key !== action.key)
  if (action.type === 'stored') return { ...merged(state, [action.message]), outgoing: others }
  if (action.type === 'writing') {
    return {
      ...state,
      outgoing: [...others, { key: action.key, text: action.text, state: 'sending' as const }].slice(
        -MAX_OUTGOING,
      ),
    }
  }
  const failed = state.outgoing.map((one) =>
    one.key === action.key ? { ...one, state: 'failed' as const } : one,
  )
  return { ...state, outgoing: failed }
}

const merged = (state: PhoneState, messages: readonly SimulatedMessage[]): PhoneState => {
  const byId = new Map(state.messages.map((message) => [message.messageId, message]))
  for (const message of messages)
    if (!isOlder(message, byId.get(message.messageId))) byId.set(message.messageId, message)
  const all = [...byId.values()].sort((a, b) => a.messageId - b.messageId)
  return { ...state, messages: all.slice(-MAX_HELD_MESSAGES) }
}

// An edit is never undone by a copy that was taken before it.
const isOlder = (message: SimulatedMessage, held: SimulatedMessage | undefined): boolean =>
  held?.edited === true && !message.edited
