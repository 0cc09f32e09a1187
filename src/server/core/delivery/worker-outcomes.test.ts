import { describe, expect, it } from 'vitest'
import { MAX_ATTEMPTS } from './backoff.ts'
import { retryDelivery } from './retry.ts'
import { closeWorkers, openOutbox as open, retry } from './worker.testing.ts'

closeWorkers()

const HOUR = 3_600_000

describe('what may be tried again', () => {
  it('is tried when the platform says, not before, and holds back what follows', async () => {
    const { start, send, becomes, deliveryOf, wait, platform, clock } = await open()
    platform.answers.push(retry(7_000))
    start()
    const [id, next] = [await send('one'), await send('two')]
    await expect.poll(async () => (await deliveryOf(id))?.error, { interval: 2 }).toBe('flood')
    const nextAt = new Date(clock.now() + 7_000).toISOString()
    expect(await deliveryOf(id)).toMatchObject({ state: 'queued', attempts: 1, nextAt })
    wait(6_999)
    expect((await deliveryOf(next))?.attempts).toBe(0)
    wait(1)
    await becomes(id, 'sent')
    await becomes(next, 'sent')
    expect(platform.sent.map(({ content }) => content)).toEqual(['one', 'one', 'two'])
  })

  it('fails after so many attempts, each of which is written', async () => {
    const { ctx, start, send, deliveryOf, wait, platform } = await open()
    platform.answers.push(...Array.from({ length: MAX_ATTEMPTS }, () => retry()))
    start()
    const id = await send('one')
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const ended = async () => (await ctx.deliveries.history(id))[0]?.attempts.at(attempt - 1)?.outcome
      await expect.poll(ended, { interval: 2 }).toBe(attempt < MAX_ATTEMPTS ? 'retry' : 'failed')
      wait(HOUR / 2)
    }
    expect(await deliveryOf(id)).toMatchObject({ state: 'failed', attempts: MAX_ATTEMPTS, error: 'flood' })
    expect(platform.sent).toHaveLength(MAX_ATTEMPTS)
  })
})

describe('what is final', () => {
  it('is not tried again by itself, and is when a person asks', async () => {
    const { anna, ctx, start, send, becomes, wait, platform } = await open()
    platform.answers.push(
      { outcome: 'failed', error: 'blocked' },
      { outcome: 'unconfirmed', error: 'no answer' },
    )
    start()
    const id = await send('one')
    await becomes(id, 'failed')
    await becomes(await send('two'), 'unconfirmed')
    wait(HOUR)
    await becomes(await send('three'), 'sent')
    expect(platform.sent).toHaveLength(3)
    await retryDelivery(anna, { messageId: id })
    await becomes(id, 'sent')
    expect((await ctx.deliveries.history(id)).map(({ state }) => state)).toEqual(['failed', 'sent'])
  })

  it('stops the channel where the platform knows the token no more', async () => {
    const { anna, start, send, deliveryOf, platform } = await open()
    platform.answers.push({ outcome: 'stopped', error: 'Unauthorized' })
    const [one, two] = [await send('one'), await send('two')]
    start()
    const waits = {
      state: 'queued',
      next: 'reconnection',
      error: 'Telegram service not available',
      nextAt: null,
    }
    await expect.poll(() => deliveryOf(one), { interval: 2 }).toMatchObject({ ...waits, attempts: 1 })
    expect(await deliveryOf(two)).toMatchObject({ ...waits, attempts: 0 })
    const [channel] = await anna.channels.list([anna.actor.workspaceId])
    expect(channel).toMatchObject({ isConnect: false, stoppedReason: 'Unauthorized' })
    expect(platform.sent).toHaveLength(1)
  })
})

describe('a stopped channel', () => {
  const stopped = async () => {
    const test = await open()
    test.platform.answers.push({ outcome: 'stopped', error: 'Unauthorized', code: '401' })
    const one = await test.send('one')
    test.start()
    await expect.poll(async () => (await test.deliveryOf(one))?.next, { interval: 2 }).toBe('reconnection')
    const { workspaceId } = test.anna.actor
    const [channel] = await test.anna.channels.list([workspaceId])
    const reconnect = async () => {
      await test.ctx.channels.change([workspaceId], channel?.id ?? 0, {
        isConnect: true,
        stoppedReason: null,
      })
      test.ctx.bus.publish('deliveries', null)
    }
    return { ...test, one, reconnect }
  }

  it('keeps what was and what is sent, however long it takes, and goes on in order when it is connected again', async () => {
    const { ctx, one, send, reconnect, becomes, wait, platform } = await stopped()
    const two = await send('two')
    wait(30 * HOUR)
    const three = await send('three')
    expect(platform.sent).toHaveLength(1)
    await reconnect()
    await becomes(three, 'sent')
    expect(platform.sent.map(({ content }) => content)).toEqual(['one', 'one', 'two', 'three'])
    for (const id of [one, two]) await becomes(id, 'sent')
    const [history] = await ctx.deliveries.history(one)
    expect(history?.attempts).toMatchObject([
      { outcome: 'stopped', error: 'Unauthorized', code: '401', next: 'reconnection' },
      { outcome: 'sent' },
    ])
  })

  it('fails what waits when it is deleted', async () => {
    const { anna, one, send, becomes, deliveryOf, platform } = await stopped()
    const two = await send('two')
    const [channel] = await anna.channels.list([anna.actor.workspaceId])
    await anna.channels.remove([anna.actor.workspaceId], channel?.id ?? 0)
    for (const id of [one, two]) await becomes(id, 'failed')
    expect((await deliveryOf(two))?.error).toBe('Telegram service not available')
    expect(platform.sent).toHaveLength(1)
  })
})
