import { expect, test } from 'vitest'
import { BARE_MESSAGE, type SimulatedMessage } from '../../server/contract/simulator.ts'
import {
  MAX_HELD_MESSAGES,
  MAX_OUTGOING,
  nextPhoneState,
  type PhoneAction,
  switchedOff,
} from './phone-state.ts'

const message = (number: number, over: Partial<SimulatedMessage> = {}): SimulatedMessage => ({
  id: String(number),
  from: 'customer',
  kind: 'text',
  text: `text ${number}`,
  at: number,
  ...BARE_MESSAGE,
  ...over,
})
const arrived = (one: SimulatedMessage): PhoneAction => ({
  type: 'event',
  event: { type: 'message', message: one },
})
const after = (...actions: PhoneAction[]) => actions.reduce(nextPhoneState, switchedOff)
const ids = (...actions: PhoneAction[]) => after(...actions).messages.map((one) => Number(one.id))

test('a message that comes by snapshot and by stream is there once, in its order', () => {
  const snapshot: PhoneAction = {
    type: 'loaded',
    chat: { messages: [message(1), message(2)], blocked: false, seenId: null },
  }
  expect(ids(arrived(message(2)), arrived(message(3)), snapshot, arrived(message(2)))).toEqual([1, 2, 3])
})

test('an edit replaces the text, and an old copy does not bring it back', () => {
  const edited = message(1, { text: 'new', edited: true })
  expect(after(arrived(message(1)), arrived(edited), arrived(message(1))).messages).toEqual([edited])
})

test('what is being sent gives way to what was stored', () => {
  const writing: PhoneAction = { type: 'writing', key: 'a', text: 'text 1' }
  const state = after(writing, { type: 'stored', key: 'a', messages: [message(1)] })
  expect([state.messages.length, state.outgoing.length]).toEqual([1, 0])
})

test('a stream that is faster than the answer shows the message once', () => {
  const writing: PhoneAction = { type: 'writing', key: 'a', text: 'text 1' }
  const early = after(writing, arrived(message(1)))
  expect([early.messages.length, early.outgoing.length]).toEqual([1, 0])
  expect(nextPhoneState(early, { type: 'stored', key: 'a', messages: [message(1)] }).messages).toHaveLength(1)
})

test('of two equal texts on their way only one gives way to an arrival', () => {
  const write = (key: string): PhoneAction => ({ type: 'writing', key, text: 'text 1' })
  expect(after(write('a'), write('b'), arrived(message(1))).outgoing.map((one) => one.key)).toEqual(['b'])
})

test('a message known already is no echo of a new one with the same text', () => {
  const write: PhoneAction = { type: 'writing', key: 'a', text: 'text 1' }
  expect(after(arrived(message(1)), write, arrived(message(1))).outgoing).toHaveLength(1)
})

test('what could not be sent stays, marked, and can be sent again', () => {
  const failed = after({ type: 'writing', key: 'a', text: 'hi' }, { type: 'not-stored', key: 'a' })
  expect(failed.outgoing).toEqual([{ key: 'a', text: 'hi', state: 'failed' }])
  expect(nextPhoneState(failed, { type: 'writing', key: 'a', text: 'hi' }).outgoing[0]?.state).toBe('sending')
})

test('typing ends when the answer arrives, or when the line is lost', () => {
  const typing: PhoneAction = { type: 'event', event: { type: 'typing', on: true } }
  expect(after(typing).isTyping).toBe(true)
  expect(after(typing, arrived(message(1, { from: 'business' }))).isTyping).toBe(false)
  expect(after(typing, { type: 'connection', isConnected: false }).isTyping).toBe(false)
})

test('a failed reload leaves what is on the phone', () => {
  const loaded: PhoneAction = {
    type: 'loaded',
    chat: { messages: [message(1)], blocked: true, seenId: null },
  }
  expect(after(loaded, { type: 'load-failed' })).toMatchObject({ phase: 'ready', isBlocked: true })
  expect(after({ type: 'load-failed' }).phase).toBe('failed')
})

test('a phone holds no more than it may', () => {
  const many = Array.from({ length: MAX_HELD_MESSAGES + 5 }, (_, index) => message(index))
  expect(
    after({ type: 'loaded', chat: { messages: many, blocked: false, seenId: null } }).messages[0]?.id,
  ).toBe('5')
  const writes = Array.from(
    { length: MAX_OUTGOING + 1 },
    (_, n): PhoneAction => ({ type: 'writing', key: `${n}`, text: 'x' }),
  )
  expect(after(...writes).outgoing).toHaveLength(MAX_OUTGOING)
})

test('what was taken back stays so whatever copy comes late, and what was deleted is gone', () => {
  const unsent = message(1, { text: '', unsent: true })
  const edited = arrived(message(1, { text: 'new', edited: true }))
  expect(after(edited, arrived(unsent), edited, arrived(message(1))).messages).toEqual([unsent])
  expect(ids(edited, arrived(message(2)), { type: 'event', event: { type: 'removed', id: '1' } })).toEqual([
    2,
  ])
})

test('the newest message that was seen is known, and typing ends when they say so', () => {
  const typing = (on: boolean): PhoneAction => ({ type: 'event', event: { type: 'typing', on } })
  expect(after({ type: 'event', event: { type: 'seen', id: '1' } }).seenId).toBe('1')
  expect(after(typing(true)).isTyping).toBe(true)
  expect(after(typing(true), typing(false)).isTyping).toBe(false)
})
