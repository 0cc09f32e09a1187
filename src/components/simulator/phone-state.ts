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
  /** The newest message that the business is known to have seen. */
  seenId: string | null
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
  | { type: 'stored'; key: string; messages: readonly SimulatedMessage[] }
  | { type: 'not-stored'; key: string }
  | { type: 'done'; messages: readonly SimulatedMessage[] }
  | { type: 'blocked'; isBlocked: boolean }

export const switchedOff: PhoneState = {
  phase: 'loading',
  isConnected: false,
  isTyping: false,
  isBlocked: false,
  seenId: null,
  messages: [],
  outgoing: [],
}

/** One phone's next state. Snapshots and events may come in any order and more than once: messages merge by id. */
export const nextPhoneState = (state: PhoneState, action: PhoneAction): PhoneState => {
  switch (action.type) {
    case 'loaded':
      return onLoaded(state, action.chat)
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
    case 'done':
      return merged(state, action.messages)
    case 'blocked':
      return { ...state, isBlocked: action.isBlocked }
    default:
      return onOutgoing(state, action)
  }
}

const onLoaded = (state: PhoneState, { messages, blocked, seenId }: SimulatorChat): PhoneState => ({
  ...merged(state, messages),
  phase: 'ready',
  isBlocked: blocked,
  seenId,
})

const onEvent = (state: PhoneState, event: SimulatorEvent): PhoneState => {
  switch (event.type) {
    case 'typing':
      return { ...state, isTyping: event.on }
    case 'blocked':
      return { ...state, isBlocked: event.blocked }
    case 'seen':
      return { ...state, seenId: event.id }
    case 'removed':
      return { ...state, messages: state.messages.filter(({ id }) => id !== event.id) }
    default:
      return onMessage(state, event.message)
  }
}

const onMessage = (state: PhoneState, message: SimulatedMessage): PhoneState => {
  const next = merged(state, [message])
  return message.from === 'business'
    ? { ...next, isTyping: false }
    : { ...next, outgoing: withoutEcho(state, message) }
}

// The stream may bring a message back before its own request is answered: then the first waiting one of that text is it.
const withoutEcho = ({ outgoing, messages }: PhoneState, message: SimulatedMessage): readonly Outgoing[] => {
  if (messages.some((held) => held.id === message.id)) return outgoing
  const echoed = outgoing.find((one) => one.state === 'sending' && one.text === message.text)
  return outgoing.filter((one) => one !== echoed)
}

type OutgoingAction = Extract<PhoneAction, { key: string }>

const onOutgoing = (state: PhoneState, action: OutgoingAction): PhoneState => {
  const others = state.outgoing.filter((one) => one.key !== action.key)
  if (action.type === 'stored') return { ...merged(state, action.messages), outgoing: others }
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

// Not by id, which says nothing of the order on every platform; those of one moment stay as they came.
const merged = (state: PhoneState, messages: readonly SimulatedMessage[]): PhoneState => {
  const byId = new Map(state.messages.map((message) => [message.id, message]))
  for (const message of messages) if (!isOlder(message, byId.get(message.id))) byId.set(message.id, message)
  const all = [...byId.values()].sort((a, b) => a.at - b.at)
  return { ...state, messages: all.slice(-MAX_HELD_MESSAGES) }
}

// An edit and an unsending are never undone by a copy that was taken before them.
const isOlder = (message: SimulatedMessage, held: SimulatedMessage | undefined): boolean =>
  (held?.unsent === true && !message.unsent) || (held?.edited === true && !message.edited && !message.unsent)
