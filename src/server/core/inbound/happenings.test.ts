import { afterEach, describe, expect, it } from 'vitest'
import { actAs, createTestCtx, openChannel } from '../context.testing.ts'
import { sendMessage } from '../messages/send.ts'
import { eventOf, type Happening, happeningOf } from '../platform.testing.ts'
import type { InboundText } from '../ports/platform.ts'
import { PARKED_MS } from './change-known.ts'
import { createInboundProcessor, type InboundProcessor } from './process.ts'
import { receive } from './receive.ts'

const processors: InboundProcessor[] = []

afterEach(async () => {
  for (const processor of processors.splice(0)) await processor.close()
})

async function open() {
  const test = createTestCtx()
  const anna = await actAs(test.ctx, 'anna')
  const channel = await openChannel(anna)
  const processor = createInboundProcessor(test.ctx)
  processors.push(processor)
  const deliver = (raw: string) =>
    receive(
      test.ctx,
      {
        source: 'telegram' as const,
        username: channel.username ?? '',
        headers: { 'x-secret': 'hook' },
        rawBody: Buffer.from(raw),
      },
      processor.kick,
    )
  let update = 100
  const happen = (happening: Happening, from = 'kim') => deliver(happeningOf(++update, from, happening))
  const isThrough = () =>
    expect.poll(() => test.state.inbox.every(({ outcome }) => outcome !== null)).toBe(true)
  const outcomes = () => test.state.inbox.map(({ outcome }) => outcome)
  /** Looks at what is parked, as the processor does every second. */
  const sweep = async () => {
    const swept = await test.ctx.inbox.unpark()
    await processor.kick()
    await isThrough()
    return swept
  }
  const conversation = async () => {
    const { rows } = await anna.conversations.list(anna.actor.workspaceId, { view: 'all', limit: 100 })
    if (!rows[0] || rows.length > 1) throw new Error(`${rows.length} conversations`)
    return rows[0]
  }
  const thread = async () => anna.messages.page((await conversation()).id, { limit: 500 })
  return { ...test, anna, channel, deliver, happen, isThrough, outcomes, sweep, conversation, thread }
}

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

describe('an echo', () => {
  const send = async ({ anna, conversation, deliver, isThrough }: Awaited<ReturnType<typeof open>>) => {
    await deliver(eventOf(1, 'kim', 'hello'))
    await isThrough()
    const { id: conversationId } = await conversation()
    const sending = { conversationId, content: 'hi', type: 'support' as const, clientId: null }
    const { message } = await sendMessage(anna, sending)
    return message
  }
  const began = async ({ ctx }: Awaited<ReturnType<typeof open>>) => {
    const [claimed] = await ctx.deliveries.claim(1, 60_000)
    if (!claimed) throw new Error('Nothing is due')
    const { id: deliveryId, attempt, workspaceId, conversationId } = claimed
    const answer = { kind: 'outcome' as const, deliveryId, attempt, workspaceId, conversationId, delayMs: 0 }
    return (providerId: string) =>
      ctx.journal.append({ ...answer, outcome: 'sent', error: null, result: { success: true }, providerId })
  }

  it('of what we sent is not shown twice, whichever comes first, and however often', async () => {
    for (const isEchoFirst of [true, false]) {
      const place = await open()
      const sent = await send(place)
      const answer = await began(place)
      if (!isEchoFirst) await answer('mid.1')
      await Promise.all([1, 2, 3].map(() => place.happen({ kind: 'echo', mid: 'mid.1', text: 'hi' })))
      await place.isThrough()
      if (isEchoFirst) expect((await answer('mid.1')).event).toBeNull()
      const thread = await place.thread()
      expect(thread).toMatchObject([{ type: 'customer' }, { id: sent.id, delivery: { state: 'sent' } }])
    }
  })

  it('of the same words, typed in the app while ours were on their way, loses and doubles nothing', async () => {
    const place = await open()
    await send(place)
    const answer = await began(place)
    await place.happen({ kind: 'echo', mid: 'mid.app', text: 'hi' })
    await place.isThrough()
    await answer('mid.ours')
    await place.happen({ kind: 'echo', mid: 'mid.ours', text: 'hi' })
    await place.isThrough()
    expect((await place.thread()).map(({ content }) => content)).toEqual(['hello', 'hi', 'hi'])
  })

  it('of what was typed in the app is our side’s message, which nobody delivers', async () => {
    const place = await open()
    await send(place)
    await place.happen({ kind: 'echo', mid: 'mid.2', text: 'from my phone' })
    await place.happen({ kind: 'echo', mid: 'mid.3', text: 'hi', isOurs: false })
    await place.isThrough()
    const typed = { type: 'support', author: null, delivery: null }
    expect((await place.thread()).slice(2)).toMatchObject([
      { ...typed, content: 'from my phone' },
      { ...typed, content: 'hi' },
    ])
    expect(await place.conversation()).toMatchObject({ unreadCount: 1 })
    expect(place.outcomes()).toEqual(['stored', 'stored', 'stored'])
  })
})

describe('a message', () => {
  /** A message with more than text, as the platform brings it. */
  const bring = async (place: Awaited<ReturnType<typeof open>>, more: Partial<InboundText>, update = 9) => {
    const { platform } = place.platform
    const { parse } = platform
    platform.parse = (raw) => {
      const parsed = parse(raw)
      return parsed.kind === 'message' && parsed.message.key === `update:${update}`
        ? { ...parsed, message: { ...parsed.message, ...more } }
        : parsed
    }
    await place.deliver(eventOf(update, 'kim', 'look'))
    await place.isThrough()
    return (await place.thread()).at(-1)
  }

  it('that answers one of ours quotes it as it is; one that we do not know is quoted in the platform’s words', async () => {
    const place = await open()
    await place.deliver(eventOf(1, 'kim', 'the first'))
    const replyTo = { providerId: 'kim:1', quoted: null, isOwn: false }
    const answer = await bring(place, { replyTo })
    const [first] = await place.thread()
    const quote = { messageId: first?.id, isOwn: false, text: 'the first' }
    expect(answer?.extras).toEqual({ quote })
    await place.happen({ kind: 'unsend', of: 1 })
    await place.isThrough()
    expect((await place.thread()).at(-1)?.extras).toEqual({ quote: { ...quote, text: '' } })
    const unknown = { providerId: 'kim:0', quoted: 'x'.repeat(400), isOwn: true }
    const other = await bring(place, { replyTo: unknown }, 10)
    expect(other?.extras?.quote).toEqual({ messageId: null, isOwn: true, text: 'x'.repeat(300) })
  })

  it('with a file shows it as pending, and notes how to find it, once', async () => {
    const place = await open()
    const ref = { fileId: 'abc' }
    const file = { kind: 'image' as const, name: '../x.jpg', mime: 'image/jpeg', size: 9 }
    const media = [{ ...file, ref, width: 1, height: 2, durationMs: null }]
    const shown = await bring(place, { media, kind: 'image' })
    expect(shown).toMatchObject({
      kind: 'image',
      attachments: [{ kind: 'image', name: 'x.jpg', size: 9, width: 1, state: 'pending', hasThumb: false }],
    })
    expect(JSON.stringify(shown)).not.toContain('abc')
    const copies = await place.ctx.attachments.claimCopies(10, 1)
    expect(copies).toMatchObject([{ source: ref, messageId: shown?.id, channelId: place.channel.id }])
    const [event] = place.state.inbox.filter(({ key }) => key === 'update:9')
    Object.assign(event ?? {}, { outcome: null })
    await place.sweep()
    expect(place.state.attachments.size).toBe(1)
  })
})
