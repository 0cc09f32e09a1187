import { describe, expect, it } from 'vitest'
import { Clock } from '../../clock.ts'
import { eventually, type Reaction } from '../../receiver.testing.ts'
import { type Receiver, startCast, startReceiver, textOf } from '../emulator.testing.ts'

const NOON = Date.UTC(2026, 10, 22, 12)
const HOUR = 3_600_000
const TRUE_TIMES = { baseMs: 1_000, capMs: 60_000, timeoutMs: 55_000 }

async function startTimed(react: Receiver['react']) {
  const clock = new Clock(NOON)
  const receiver = await startReceiver(react)
  const cast = await startCast({ clock, retry: TRUE_TIMES, random: () => 0.5, heartbeatMs: 1e9 })
  await cast.call('setWebhook', { url: receiver.url })
  return {
    ...cast,
    clock,
    receiver,
    pending: () => cast.emulator.snapshot().bots[0]?.pendingUpdates,
    /** Once the retry is set it is the only alarm: the one of the request is over. */
    retryIsIn: (ms: number) => eventually(() => expect(clock.waiting()).toEqual([ms])),
    async [Symbol.asyncDispose]() {
      await cast.emulator.close()
      await receiver.close()
    },
  }
}

describe('the times of webhook retries', () => {
  it('are at once, then 2, 4, 8… seconds up to a random 60 to 120', async () => {
    await using timed = await startTimed(() => 500)
    timed.write(timed.kim, 'hello')
    const waits = [2, 4, 8, 16, 32, 64, 90, 90]
    for (const [index, seconds] of waits.entries()) {
      await timed.retryIsIn(seconds * 1000)
      expect(timed.receiver.deliveries).toHaveLength(index + 2)
      timed.clock.advance(seconds * 1000)
    }
  })

  it('follow Retry-After, and do not come before it', async () => {
    let answer: Reaction = { status: 503, headers: { 'retry-after': '30' } }
    await using timed = await startTimed(() => answer)
    timed.write(timed.kim, 'hello')
    await timed.retryIsIn(30_000)
    answer = 200
    timed.clock.advance(29_999)
    expect(timed.clock.waiting()).toEqual([1])
    expect(timed.receiver.deliveries).toHaveLength(1)
    timed.clock.advance(1)
    await eventually(() => expect(timed.pending()).toBe(0))
    expect(timed.receiver.deliveries).toHaveLength(2)
  })

  it('take a Retry-After of more than an hour for an hour', async () => {
    await using timed = await startTimed(() => ({ status: 503, headers: { 'retry-after': '86000' } }))
    timed.write(timed.kim, 'hello')
    await timed.retryIsIn(HOUR)
  })

  it('count an answer that does not come as a failure', async () => {
    let answer: Reaction = 'hang'
    await using timed = await startTimed(() => answer)
    timed.write(timed.kim, 'hello')
    await eventually(() => expect(timed.receiver.deliveries).toHaveLength(1))
    expect(timed.pending()).toBe(1)
    answer = 200
    timed.clock.advance(55_000)
    await eventually(() => expect(timed.pending()).toBe(0))
    expect(timed.emulator.snapshot().bots[0]?.lastErrorMessage).toBe('Read timeout expired')
  })

  it('end after 24 hours: the update is dropped and the next one is sent', async () => {
    const later: Reaction = { status: 500, headers: { 'retry-after': '3600' } }
    await using timed = await startTimed((delivery) => (textOf(delivery) === 'old' ? later : 200))
    timed.write(timed.kim, 'old')
    timed.clock.advance(1)
    timed.write(timed.kim, 'new')
    for (let hour = 0; hour < 23; hour += 1) {
      await timed.retryIsIn(HOUR)
      expect(timed.pending()).toBe(2)
      timed.clock.advance(HOUR)
    }
    await eventually(() => expect(timed.pending()).toBe(0))
    expect(timed.receiver.deliveries.map(textOf)).toEqual([...Array(24).fill('old'), 'new'])
  })

  it('end when the receiver has said 410 for 23 hours: the webhook is gone', async () => {
    await using timed = await startTimed(() => ({ status: 410, headers: { 'retry-after': '3600' } }))
    timed.write(timed.kim, 'hello')
    for (let hour = 0; hour < 23; hour += 1) {
      await timed.retryIsIn(HOUR)
      timed.clock.advance(HOUR)
      timed.write(timed.kim, `hour ${hour}`)
    }
    await timed.retryIsIn(HOUR)
    expect(timed.emulator.snapshot().bots[0]?.webhookUrl).toBe(timed.receiver.url)
    timed.clock.advance(1_000)
    timed.write(timed.sara, 'the last straw')
    await eventually(() => expect(timed.emulator.snapshot().bots[0]?.webhookUrl).toBeNull())
    expect(timed.pending()).toBeGreaterThan(0)
  })
})
