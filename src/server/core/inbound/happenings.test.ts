import { describe, expect, it } from 'vitest'
import { sendMessage } from '../messages/send.ts'
import { eventOf, type Happening, happeningOf } from '../platform.testing.ts'
import { PARKED_MS } from './change-known.ts'
import { closeProcessors, openInbound as open } from './happenings.testing.ts'

closeProcessors()

const second = (number: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString()

describe('what happens to a message', () => {
  it.each<[string, Happening, object]>([
    ['an edit', { kind: 'edit', of: 1, text: 'hello' }, { content: 'hello', editedAt: expect.any(String) }],
    ['taking back', { kind: 'unsend', of: 1 }, { content: '', deletedAt: expect.any(String) }],
    [
      'a reaction',
      { kind: 'reaction', of: 1, emojis: ['❤'] },
      { extras: { reactions: [{ by: 'customer', emoji: '❤' }] } },
    ],
  ])('%s is seen, also ten times at once, and also before the message itself', async (_, happening, now) => {
    const { deliver, isThrough, outcomes, sweep, thread, happen } = await open()
    await deliver(eventOf(1, 'kim', 'helo'))
    const raw = happeningOf(50, 'kim', happening)
    await Promise.all(Array.from({ length: 10 }, () => deliver(raw)))
    await isThrough()
    expect(await thread()).toMatchObject([now])
    expect(outcomes()).toEqual(['stored', 'changed'])

    await happen({ ...happening, of: 2 } as Happening)
    await isThrough()
    expect(outcomes().at(-1)).toBe('parked')
    expect(await sweep()).toEqual({ due: 0, expired: 0 })
    await deliver(eventOf(2, 'kim', 'helo'))
    await isThrough()
    expect(await sweep()).toEqual({ due: 1, expired: 0 })
    expect(await thread()).toMatchObject([now, now])
    expect(outcomes()).toEqual(['stored', 'changed', 'changed', 'stored'])
  })

  it('is applied in the order in which it came where several things waited, and what comes then waits its turn', async () => {
    const { deliver, happen, isThrough, sweep, thread, anna, outcomes } = await open()
    await happen({ kind: 'edit', of: 1, text: 'two' })
    await happen({ kind: 'edit', of: 1, text: 'three' })
    await deliver(eventOf(1, 'kim', 'one'))
    await isThrough()
    await happen({ kind: 'edit', of: 1, text: 'four' })
    await isThrough()
    expect(outcomes()).toEqual(['parked', 'parked', 'stored', 'parked'])
    await sweep()
    const [message] = await thread()
    expect(message).toMatchObject({ content: 'four' })
    const texts = (await anna.messages.edits(message?.id ?? '')).map(({ content }) => content)
    expect(texts).toEqual(['one', 'two', 'three'])
  })

  it('is given up when its message does not come', async () => {
    const { happen, isThrough, clock, ctx, outcomes, deliver, thread, sweep } = await open()
    await happen({ kind: 'edit', of: 1, text: 'never' })
    await isThrough()
    clock.advance(PARKED_MS - 1)
    expect(await ctx.inbox.unpark()).toEqual({ due: 0, expired: 0 })
    clock.advance(1)
    expect(await ctx.inbox.unpark()).toEqual({ due: 0, expired: 1 })
    expect(outcomes()).toEqual(['expired'])
    await deliver(eventOf(1, 'kim', 'late'))
    await isThrough()
    await sweep()
    expect(await thread()).toMatchObject([{ content: 'late' }])
  })

  it('an older edit or reaction that comes late undoes nothing', async () => {
    const { deliver, happen, isThrough, thread } = await open()
    await deliver(eventOf(1, 'kim', 'one'))
    await happen({ kind: 'edit', of: 1, text: 'three', at: second(3) })
    await happen({ kind: 'edit', of: 1, text: 'two', at: second(2) })
    await happen({ kind: 'reaction', of: 1, emojis: [], at: second(5) })
    await happen({ kind: 'reaction', of: 1, emojis: ['👍'], at: second(4) })
    await isThrough()
    const [message] = await thread()
    expect(message).toMatchObject({ content: 'three' })
    expect(message).not.toHaveProperty('extras')
  })
})

describe('the customer', () => {
  it('has seen what we said up to a message', async () => {
    const { deliver, anna, conversation, happen, isThrough, ctx } = await open()
    await deliver(eventOf(1, 'kim', 'hello'))
    await isThrough()
    const { id: conversationId } = await conversation()
    const sending = { conversationId, content: 'hi', type: 'support' as const, clientId: null }
    await sendMessage(anna, sending)
    await happen({ kind: 'echo', mid: 'kim:77', text: 'typed elsewhere', isOurs: false })
    await happen({ kind: 'seen', of: 77 })
    await isThrough()
    expect(await conversation()).toMatchObject({ seenSeq: 3 })
    await happen({ kind: 'seen', of: 1 })
    await isThrough()
    expect((await conversation()).seenSeq).toBe(3)
    expect(await ctx.inbox.isParked({ channelId: 1, providerId: 'kim:1' })).toBe(false)
  })

  it('is known as out of reach until they write, and of strangers nothing is kept', async () => {
    const { deliver, happen, isThrough, conversation, outcomes, state } = await open()
    await happen({ kind: 'reach', reason: 'blocked' })
    await isThrough()
    expect(outcomes()).toEqual(['unchanged'])
    expect(state.customers.size).toBe(0)
    await deliver(eventOf(1, 'kim', 'hello'))
    await happen({ kind: 'reach', reason: 'blocked' })
    await isThrough()
    expect((await conversation()).customer).toMatchObject({ unreachable: 'blocked' })
    await deliver(eventOf(2, 'kim', 'again'))
    await isThrough()
    expect((await conversation()).customer).not.toHaveProperty('unreachable')
  })
})
