import { describe, expect, it } from 'vitest'
import { delivery, message, ownMessage } from '../../app/_client/cast.testing.ts'
import { CAPABILITIES } from '../../server/contract/capabilities.ts'
import type { Source } from '../../server/contract/customer.ts'
import type { Message } from '../../server/contract/message.ts'
import { hasMoves, movesOf } from './moves.ts'
import { type BubbleItem, threadItems } from './thread-items.ts'

const HOUR = 3_600_000
const bubbleOf = (of: Message) =>
  threadItems({ messages: [of], pending: [], selfId: 1, newAfter: null }).find(
    (item): item is BubbleItem => item.kind === 'bubble',
  ) as BubbleItem
const moves = (
  of: Message,
  source: Source = 'telegram',
  change: { later?: number; isAdmin?: boolean } = {},
) =>
  movesOf(bubbleOf(of), {
    capabilities: CAPABILITIES[source],
    canChangeOthers: change.isAdmin ?? false,
    isOpen: true,
    now: Date.parse(of.createdAt) + (change.later ?? 0),
  })
const accepted = ownMessage(1, { delivery: delivery('sent') })
const bySara = { ...accepted, author: { userId: 2, name: 'Omar' } }

describe('one’s own message', () => {
  it('is edited and removed on Telegram, the latter for two days', () => {
    expect(moves(accepted)).toMatchObject({ canEdit: true, canRemove: true, canReply: true, emojis: [] })
    expect(moves(accepted, 'telegram', { later: 49 * HOUR })).toMatchObject({
      canEdit: true,
      canRemove: false,
    })
  })

  it('is neither on Instagram, once Instagram has it', () => {
    expect(moves(accepted, 'instagram')).toMatchObject({ canEdit: false, canRemove: false })
    const failed = ownMessage(1, { delivery: delivery('failed', 'no') })
    expect(moves(failed, 'instagram')).toMatchObject({ canEdit: true, canRemove: true })
  })
})

it('a colleague’s message is changed by admins alone', () => {
  expect(moves(bySara)).toMatchObject({ canEdit: false, canRemove: false, canReply: true })
  expect(moves(bySara, 'telegram', { isAdmin: true })).toMatchObject({ canEdit: true, canRemove: true })
})

describe('a customer’s message', () => {
  it('takes the emoji of its channel, and is never changed', () => {
    expect(moves(message(1), 'telegram', { isAdmin: true })).toMatchObject({
      canEdit: false,
      canRemove: false,
    })
    expect(moves(message(1)).emojis).toContain('👍')
    expect(moves(message(1), 'instagram').emojis).toEqual(['❤'])
    expect(moves(message(1), 'unknown').emojis).toEqual([])
  })

  it('knows our reaction to it', () => {
    const extras = { reactions: [{ by: 'agent' as const, emoji: '🔥' }] }
    expect(moves(message(1, { extras })).ours).toBe('🔥')
  })
})

it('nothing can be done with what was taken back', () => {
  expect(hasMoves(moves(message(1, { deletedAt: message(1).createdAt, content: '' })))).toBe(false)
})
