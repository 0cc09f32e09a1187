import { describe, expect, it } from 'vitest'
import type { LiveEvent } from '../../contract/event.ts'
import { openConversation } from '../context.testing.ts'
import type { SendOutcome } from '../ports/platform.ts'
import { closeWorkers, openOutbox as open } from './worker.testing.ts'

closeWorkers()

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
