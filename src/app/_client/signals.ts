import type { Signal } from '../../server/contract/event.ts'
import { MAX_SIGNALS } from './limits.ts'

/** A typing signal that is not repeated is over after this. */
export const TYPING_TTL_MS = 6_000

export interface Typing {
  conversationId: string
  who: 'agent' | 'customer'
  id: number
  name: string
  connectionId: string
  until: number
}

export interface Viewing {
  conversationId: string
  userId: number
  name: string
  connectionId: string
}

/** What is true for a moment: who types, who looks on, who is there. */
export interface Signals {
  typing: readonly Typing[]
  viewing: readonly Viewing[]
  online: ReadonlySet<number>
}

export const noSignals: Signals = { typing: [], viewing: [], online: new Set() }

export const applySignal = (signals: Signals, signal: Signal, now: number): Signals => {
  if (signal.type === 'typing') return { ...signals, typing: withTyping(signals.typing, signal, now) }
  if (signal.type === 'viewing') return { ...signals, viewing: withViewing(signals.viewing, signal) }
  const online = new Set(signals.online)
  if (signal.isOnline) online.add(signal.userId)
  else online.delete(signal.userId)
  return { ...signals, online }
}

/** Lets go of typing whose sender fell silent. */
export const expireTyping = (signals: Signals, now: number): Signals => {
  const typing = signals.typing.filter(({ until }) => until > now)
  return typing.length === signals.typing.length ? signals : { ...signals, typing }
}

/** Who writes in a conversation, each person once, without `self`. Customers first. */
export const typersIn = ({ typing }: Signals, conversationId: string, self: number): readonly Typing[] => {
  const others = typing.filter((one) => one.conversationId === conversationId && !isSelf(one, self))
  const once = new Map(others.map((one) => [`${one.who}:${one.id}`, one]))
  return [...once.values()].sort((a, b) => Number(a.who === 'agent') - Number(b.who === 'agent'))
}

/** The colleagues who have a conversation open, each once. */
export const viewersIn = ({ viewing }: Signals, conversationId: string, self: number): readonly Viewing[] => {
  const others = viewing.filter((one) => one.conversationId === conversationId && one.userId !== self)
  return [...new Map(others.map((one) => [one.userId, one])).values()]
}

const isSelf = (one: Typing, self: number) => one.who === 'agent' && one.id === self

const withTyping = (typing: readonly Typing[], signal: Signal & { type: 'typing' }, now: number) => {
  const { isTyping, conversationId, who, id, name, connectionId } = signal
  const rest = typing.filter(
    (one) => !(one.connectionId === connectionId && one.conversationId === conversationId),
  )
  if (!isTyping) return rest
  return [...rest, { conversationId, who, id, name, connectionId, until: now + TYPING_TTL_MS }].slice(
    -MAX_SIGNALS,
  )
}

const withViewing = (viewing: readonly Viewing[], signal: Signal & { type: 'viewing' }) => {
  const { conversationId, userId, name, connectionId } = signal
  const rest = viewing.filter((one) => one.connectionId !== connectionId)
  if (conversationId === null) return rest
  return [...rest, { conversationId, userId, name, connectionId }].slice(-MAX_SIGNALS)
}
