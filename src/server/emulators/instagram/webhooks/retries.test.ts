import { describe, expect, it } from 'vitest'
import { eventually, type Reaction } from '../../receiver.testing.ts'
import { type Receiver, startHeard, textsOf } from '../emulator.testing.ts'
import { META_RETRY, waitBefore } from './retry-schedule.ts'

const NOON = Date.UTC(2026, 10, 22, 12)

async function startTimed(react: Receiver['react']) {
  const cast = await startHeard({ frozenAtMs: NOON, retry: META_RETRY }, react)
  const { clock } = cast.emulator
  return {
    ...cast,
    pending: () => cast.emulator.snapshot().pendingDeliveries,
    /** Once the retry is set it is the only alarm: the one of the request is over. */
    retryIsIn: (ms: number) => eventually(() => expect(clock.waiting()).toEqual([ms])),
  }
}

describe('the retries of a delivery', () => {
  it('come at once, then ever more rarely, in the same bytes', async () => {
    await using timed = await startTimed(() => 500)
    timed.write(timed.kim, 'hello')
    for (const [index, seconds] of [15, 30, 60, 120].entries()) {
      await timed.retryIsIn(seconds * 1000)
      expect(timed.receiver.deliveries).toHaveLength(index + 2)
      timed.emulator.travel(seconds * 1000)
    }
    expect(new Set(timed.receiver.deliveries.map(({ raw }) => raw)).size).toBe(1)
    expect(waitBefore(30, META_RETRY)).toBe(3_600_000)
  })

  it.each([[204], [302], [403], ['cut']] as const)(
    'come after %s too: only 200 is an answer',
    async (reaction) => {
      let answer: Reaction = reaction
      await using timed = await startTimed(() => answer)
      timed.write(timed.kim, 'hello')
      await timed.retryIsIn(15_000)
      answer = 200
      timed.emulator.travel(15_000)
      await eventually(() => expect(timed.pending()).toBe(0))
      expect(timed.emulator.listDeliveries()).toMatchObject([
        { state: 'delivered', status: 200, attempts: 3 },
      ])
    },
  )

  it('come when no answer came in 20 seconds', async () => {
    let answer: Reaction = 'hang'
    await using timed = await startTimed(() => answer)
    timed.write(timed.kim, 'hello')
    await eventually(() => expect(timed.receiver.deliveries).toHaveLength(1))
    answer = 200
    expect(timed.emulator.clock.waiting()).toEqual([20_000])
    timed.emulator.travel(20_000)
    await eventually(() => expect(timed.pending()).toBe(0))
    expect(timed.receiver.deliveries).toHaveLength(2)
  })

  it('hold up nothing else', async () => {
    await using timed = await startTimed(({ raw }) => (raw.includes('poison') ? 500 : 200))
    timed.write(timed.kim, 'poison')
    timed.write(timed.kim, 'after')
    await eventually(() =>
      expect(timed.emulator.listDeliveries()).toMatchObject([
        { state: 'waiting', lastError: 'The callback answered 500' },
        { state: 'delivered' },
      ]),
    )
  })

  it('end after 36 hours, and a callback that was deaf all the time is switched off', async () => {
    await using timed = await startTimed(() => 500)
    timed.write(timed.kim, 'lost')
    await timed.retryIsIn(15_000)
    while (timed.pending() > 0) {
      const [next = 0] = timed.emulator.clock.waiting()
      const before = timed.receiver.deliveries.length
      timed.emulator.travel(next)
      await eventually(() => expect(timed.receiver.deliveries.length).toBe(before + 1))
      await eventually(() => expect(timed.emulator.clock.waiting()).not.toContain(20_000))
    }
    expect(timed.emulator.clock.now() - NOON).toBeGreaterThan(34 * 3_600_000)
    expect(timed.emulator.getApp().disabled).toBe(true)
    expect(timed.emulator.listDeliveries()).toMatchObject([{ state: 'given-up' }])
    expect(timed.write(timed.kim, 'unheard').deliveryId).toBeNull()
    timed.receiver.react = () => 200
    await timed.emulator.setCallback({ url: timed.receiver.url, verifyToken: 'the-verify-token' })
    expect(timed.emulator.getApp().disabled).toBe(false)
    timed.write(timed.kim, 'heard')
    await eventually(() => expect(textsOf(timed.receiver)).toContain('heard'))
  })
})
