import fc from 'fast-check'
import { expect, it } from 'vitest'
import { actAs, createTestCtx, openChannel } from '../context.testing.ts'
import { eventOf, type Happening, happeningOf } from '../platform.testing.ts'
import { createInboundProcessor } from './process.ts'
import { receive } from './receive.ts'

const MESSAGES = 3

/** What may happen to a message, apart from when. */
const what = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), text: fc.constantFrom('a', 'b', 'c', 'message 1') }),
  fc.record({
    kind: fc.constant('reaction' as const),
    emojis: fc.constantFrom([], ['👍'], ['👍', '🔥']),
  }),
  fc.record({ kind: fc.constant('unsend' as const) }),
)
const happenings = fc.array(fc.record({ of: fc.integer({ min: 1, max: MESSAGES }), what }), { maxLength: 10 })

/** The whole story as it comes over the wire, in the order in which it happened. */
function toEvents(story: { of: number; what: { kind: string } }[]): string[] {
  const said = Array.from({ length: MESSAGES }, (_, index) =>
    eventOf(index + 1, 'kim', `message ${index + 1}`),
  )
  const happened = story.map(({ of, what: happening }, index) => {
    const at = new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString()
    return happeningOf(100 + index, 'kim', { ...happening, of, at } as Happening)
  })
  return [...said, ...happened]
}

/** What stands in the end, by message, after the events came in this order and were looked at as `sweeps` says. */
async function play(events: string[], sweeps: number[] = []) {
  const { ctx, state } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const { username } = await openChannel(anna)
  const processor = createInboundProcessor(ctx)
  const at = { source: 'telegram' as const, username: username ?? '', headers: { 'x-secret': 'hook' } }
  const settle = async () => {
    while (state.inbox.some(({ outcome }) => outcome === null)) await processor.kick()
  }
  for (const [index, raw] of events.entries()) {
    await receive(ctx, { ...at, rawBody: Buffer.from(raw) }, processor.kick)
    if (sweeps.includes(index)) await ctx.inbox.unpark()
  }
  await settle()
  await ctx.inbox.unpark()
  await settle()
  await processor.close()
  return [...state.messages.values()]
    .toSorted((a, b) => ((a.providerId ?? '') < (b.providerId ?? '') ? -1 : 1))
    .map(({ providerId, content, deletedAt, extras }) => ({
      providerId,
      content,
      isGone: deletedAt !== null,
      extras,
    }))
}

it('in whatever order events come, and however often, the end is the same', async () => {
  const shuffled = happenings.chain((story) => {
    const events = toEvents(story)
    const places = events.map((_, index) => index)
    return fc.record({
      events: fc.constant(events),
      order: fc.shuffledSubarray([...places, ...places], {
        minLength: places.length * 2,
        maxLength: places.length * 2,
      }),
      sweeps: fc.subarray(places),
    })
  })
  await fc.assert(
    fc.asyncProperty(shuffled, async ({ events, order, sweeps }) => {
      const inDisorder = order.map((index) => events[index] ?? '')
      expect(await play(inDisorder, sweeps)).toEqual(await play(events))
    }),
    { numRuns: 60 },
  )
})
