import { describe, expect, it } from 'vitest'
import type { Message } from '../../server/contract/message.ts'
import { type BubbleItem, type Pending, threadItems } from './thread-items.ts'

const at = (minutes: number, day = 22) => new Date(2026, 10, day, 10, minutes).toISOString()
const message = (seq: number, createdAt: string, change: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  conversationId: 'maryam',
  seq,
  type: 'customer',
  kind: 'text',
  content: `${seq}`,
  clientId: null,
  author: null,
  createdAt,
  editedAt: null,
  deletedAt: null,
  feedback: 'none',
  feedbackComment: '',
  feedbackAt: null,
  delivery: null,
  ...change,
})
const own = (seq: number, createdAt: string, userId = 1, name = 'سارا') =>
  message(seq, createdAt, { type: 'support', author: { userId, name }, clientId: `client-${seq}` })
const pending = (clientId: string, createdAt: string): Pending => ({
  clientId,
  content: clientId,
  createdAt,
  state: 'sending',
  error: null,
})
const items = (messages: Message[], change: Partial<Parameters<typeof threadItems>[0]> = {}) =>
  threadItems({ messages, pending: [], selfId: 1, newAfter: null, ...change })
const outline = (list: ReturnType<typeof items>) =>
  list.map((item) => (item.kind === 'bubble' ? item.content : item.kind))
const bubbles = (list: ReturnType<typeof items>) =>
  list.filter((item): item is BubbleItem => item.kind === 'bubble')
const shape = ({ startsGroup, endsGroup }: BubbleItem) => `${startsGroup ? '[' : ''}${endsGroup ? ']' : ''}`

describe('days', () => {
  it('stand above the first message of each', () => {
    expect(outline(items([message(1, at(0, 21)), message(2, at(0)), message(3, at(1))]))).toEqual([
      'day',
      '1',
      'day',
      '2',
      '3',
    ])
  })
})

describe('groups', () => {
  it('hold what one sender wrote within three minutes', () => {
    const list = bubbles(items([message(1, at(0)), message(2, at(1)), message(3, at(5)), own(4, at(5))]))
    expect(list.map(shape)).toEqual(['[', ']', '[]', '[]'])
  })

  it('do not mix two colleagues', () => {
    const list = bubbles(items([own(1, at(0), 2, 'علی'), own(2, at(0), 3, 'رضا')]))
    expect(list.map(shape)).toEqual(['[]', '[]'])
  })
})

describe('the line above what is new', () => {
  it('stands before the first message of the customer that was not seen', () => {
    const list = items([message(1, at(0)), own(2, at(1)), message(3, at(2)), message(4, at(2))], {
      newAfter: 1,
    })
    expect(outline(list)).toEqual(['day', '1', '2', 'new', '3', '4'])
  })

  it('is not there when all was seen', () => {
    expect(outline(items([message(1, at(0))], { newAfter: 1 }))).toEqual(['day', '1'])
  })
})

describe('a message of ours', () => {
  it('keeps its key when it is stored', () => {
    const before = bubbles(items([], { pending: [pending('client-1', at(0))] }))
    const after = bubbles(items([own(1, at(0))]))
    expect(before[0]?.key).toBe(after[0]?.key)
  })

  it('that is not stored yet comes last', () => {
    const list = items([message(1, at(0)), message(2, at(3))], { pending: [pending('mine', at(1))] })
    expect(outline(list)).toEqual(['day', '1', '2', 'mine'])
  })

  it('of a colleague is not mine', () => {
    expect(bubbles(items([own(1, at(0), 2, 'علی')]))[0]).toMatchObject({ by: 'colleague', side: 'out' })
  })
})

describe('what is held as spam', () => {
  const thread = [message(2, at(0)), message(3, at(1)), message(6, at(2))]
  it.each([
    ['between two messages, once for all that is held there', [4, 5], {}, ['day', '2', '3', 'held', '6']],
    ['before the first and after the last', [1, 7, 9], {}, ['held', 'day', '2', '3', '6', 'held']],
    [
      'before what is not sent yet',
      [7],
      { pending: [pending('x', at(3))] },
      ['day', '2', '3', '6', 'held', 'x'],
    ],
    ['not where the thread goes on above', [1], { hasOlder: true }, ['day', '2', '3', '6']],
    ['not where it goes on below', [7], { hasNewer: true }, ['day', '2', '3', '6']],
    ['nowhere without any', [], {}, ['day', '2', '3', '6']],
  ])('has a line at its place: %s', (_, held, more, expected) => {
    expect(outline(items(thread, { held, ...more }))).toEqual(expected)
  })

  it('is counted, and parts the bubbles around it', () => {
    const list = items(thread, { held: [4, 5] })
    expect(list.find(({ kind }) => kind === 'held')).toMatchObject({ count: 2 })
    expect(bubbles(list).map(shape)).toEqual(['[', ']', '[]'])
  })

  it('stands alone in a thread that shows nothing else', () => {
    expect(outline(items([], { held: [1] }))).toEqual(['held'])
  })
})
