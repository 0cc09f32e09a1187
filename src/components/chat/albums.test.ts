import { expect, it } from 'vitest'
import { message } from '../../app/_client/cast.testing.ts'
import type { Attachment } from '../../server/contract/attachment.ts'
import type { Message } from '../../server/contract/message.ts'
import { type BubbleItem, threadItems } from './thread-items.ts'

const photo = (id: string): Attachment => ({
  id,
  kind: 'image',
  name: `${id}.jpg`,
  mime: 'image/jpeg',
  size: 1,
  width: 4,
  height: 3,
  durationMs: null,
  state: 'ready',
  reason: null,
  hasThumb: true,
})
const member = (seq: number, change: Partial<Message> = {}) =>
  message(seq, {
    kind: 'image',
    content: '',
    extras: { album: 'a' },
    attachments: [photo(`p${seq}`)],
    ...change,
  })
const bubblesOf = (messages: Message[]) =>
  threadItems({ messages, pending: [], selfId: 1, newAfter: null }).filter(
    (item): item is BubbleItem => item.kind === 'bubble',
  )

it('shows an album as one bubble, in the order in which it came, with its one caption', () => {
  const bubbles = bubblesOf([member(1), member(2, { content: 'our trip' }), member(3), message(4)])
  expect(bubbles.map(({ content }) => content)).toEqual(['our trip', 'پیام 4'])
  expect(bubbles[0]?.attachments.map(({ id }) => id)).toEqual(['p1', 'p2', 'p3'])
  expect(bubbles[0]?.messageId).toBe('m2')
})

it('leaves apart what is of another album, taken back, or has words of its own', () => {
  const removed = member(2, { deletedAt: message(2).createdAt, attachments: undefined })
  expect(bubblesOf([member(1), removed, member(3)])).toHaveLength(3)
  expect(bubblesOf([member(1), member(2, { extras: { album: 'b' } })])).toHaveLength(2)
  expect(bubblesOf([member(1, { content: 'one' }), member(2, { content: 'two' })])).toHaveLength(2)
})
