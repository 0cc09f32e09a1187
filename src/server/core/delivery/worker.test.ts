import { afterEach, describe, expect, it } from 'vitest'
import type { LiveEvent } from '../../contract/event.ts'
import { actAs, createTestCtx, openConversation } from '../context.testing.ts'
import { sendMessage } from '../messages/send.ts'
import type { SendOutcome } from '../ports/platform.ts'
import { MAX_ATTEMPTS } from './backoff.ts'
import { retryDelivery } from './retry.ts'
import { DeliveryWorker } from './worker.ts'

const HOUR = 3_600_000
const workers: DeliveryWorker[] = []

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.close()
})

async function open() {
  const test = createTestCtx()
  const anna = await actAs(test.ctx, 'anna')
  const { id: conversationId } = await openConversation(anna)
  const start = () => {
    const worker = new DeliveryWorker(test.ctx, { random: () => 0 })
    workers.push(worker)
    worker.start()
    return worker
  }
  const send = async (content: string, to = conversationId) =>
    (await sendMessage(anna, { conversationId: to, content, type: 'support', clientId: null })).message.id
  const deliveryOf = async (id: string) => (await anna.messages.find([anna.actor.workspaceId], id))?.delivery
  const becomes = (id: string, state: string) =>
    expect.poll(async () => (await deliveryOf(id))?.state, { interval: 2, timeout: 4_000 }).toBe(state)
  /** Lets the time pass that a retry waits, and tells the worker. */
  const wait = (ms: number) => {
    test.clock.advance(ms)
    test.ctx.bus.publish('deliveries', null)
  }
  return { ...test, anna, conversationId, start, send, deliveryOf, becomes, wait }
}

const retry = (retryAfterMs: number | null = null): SendOutcome => ({
  outcome: 'retry',
  error: 'flood',
  retryAfterMs,
})

/** An answer that comes when the test says so. */
function later() {
  let answer: (outcome: SendOutcome) => void = () => {}
  const promise = new Promise<SendOutcome>((resolve) => {
    answer = resolve
  })
  return { script: () => promise, answer: (outcome: SendOutcome) => answer(outcome) }
}

it('hands a message to its platform, and tells the outcome as an event', async () => {
  const { ctx, anna, start, send, becomes, platform } = await open()
  const heard: LiveEvent[] = []
  ctx.bus.subscribe(`log:${anna.actor.workspaceId}`, (event) => heard.push(event as LiveEvent))
  start()
  const id = await send('hello')
  await becomes(id, 'sent')
  expect(platform.sent).toMatchObject([
    { content: 'hello', channel: { credentials: { webhookSecret: 'hook' } } },
  ])
  const result = { success: true, message_id: 1 }
  expect(heard).toMatchObject([
    { type: 'message.sent' },
    { type: 'delivery.attempted', messageId: id, result, delivery: { state: 'sent', attempts: 1 } },
  ])
})

it('takes what was due before it started', async () => {
  const { start, send, becomes } = await open()
  const id = await send('hello')
  start()
  await becomes(id, 'sent')
})

it('keeps the order of one customer: the second waits for the first, another customer’s does not', async () => {
  const { anna, start, send, becomes, platform } = await open()
  const other = await openConversation(anna)
  const first = later()
  platform.answers.push(first.script)
  const [one, two] = [await send('one'), await send('two')]
  start()
  await expect.poll(() => platform.sent.length, { interval: 2 }).toBe(1)
  await becomes(await send('other', other.id), 'sent')
  expect(platform.sent.map(({ content }) => content)).toEqual(['one', 'other'])
  first.answer({ outcome: 'sent', providerId: 'p', result: {} })
  await becomes(two, 'sent')
  await becomes(one, 'sent')
  expect(platform.sent.map(({ content }) => content)).toEqual(['one', 'other', 'two'])
})

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

it('settles as unconfirmed what a node that died had in its hands', async () => {
  const { ctx, start, send, becomes, deliveryOf, clock, platform } = await open()
  const [id, next] = [await send('one'), await send('two')]
  await ctx.deliveries.claim(10, 60_000)
  start()
  await becomes(await send('three'), 'queued')
  clock.advance(60_001)
  await becomes(id, 'unconfirmed')
  await becomes(next, 'sent')
  expect((await deliveryOf(id))?.error).toBe('The server stopped while this was being sent')
  expect(platform.sent.map(({ content }) => content)).not.toContain('one')
})

it('waits, when it closes, for what is under way, and begins nothing more', async () => {
  const { start, send, deliveryOf, platform } = await open()
  const first = later()
  platform.answers.push(first.script)
  const [one, two] = [await send('one'), await send('two')]
  const worker = start()
  await expect.poll(() => platform.sent.length, { interval: 2 }).toBe(1)
  let isClosed = false
  const closing = worker.close().then(() => {
    isClosed = true
  })
  await Promise.resolve()
  expect(isClosed).toBe(false)
  first.answer({ outcome: 'sent', providerId: 'p', result: {} })
  await closing
  expect([(await deliveryOf(one))?.state, (await deliveryOf(two))?.state]).toEqual(['sent', 'queued'])
})

it('outlives a store that fails for a while', async () => {
  const { ctx, start, send, becomes, log } = await open()
  const { claim } = ctx.deliveries
  let failures = 1
  ctx.deliveries.claim = async (...args) => {
    if (failures-- > 0) throw new Error('away')
    return claim(...args)
  }
  start()
  const id = await send('one')
  await becomes(id, 'sent')
  expect(log.sentences).toContainEqual({ level: 'warn', sentence: 'Deliveries could not be claimed' })
})

describe('a claim under way', () => {
  async function openSlow() {
    const test = await open()
    const { claim } = test.ctx.deliveries
    const gates: (() => void)[] = []
    test.ctx.deliveries.claim = async (...args) => {
      const claimed = await claim(...args)
      await new Promise<void>((resolve) => gates.push(resolve))
      return claimed
    }
    const claims = (count: number) => expect.poll(() => gates.length, { interval: 2 }).toBe(count)
    return { ...test, claims, release: () => gates.at(-1)?.() }
  }

  it('is waited for by a close, with what it claimed', async () => {
    const { start, send, claims, release, platform } = await openSlow()
    await send('one')
    const worker = start()
    await claims(1)
    const closing = worker.close()
    release()
    await closing
    expect(platform.sent.map(({ content }) => content)).toEqual(['one'])
  })

  it('is followed by another at once, where something was queued meanwhile', async () => {
    const { start, send, claims, release, ctx } = await openSlow()
    start()
    await claims(1)
    await send('one')
    ctx.bus.publish('deliveries', null)
    release()
    await claims(2)
    release()
  })
})
