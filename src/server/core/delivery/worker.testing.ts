import { afterEach, expect } from 'vitest'
import { actAs, createTestCtx, openConversation } from '../context.testing.ts'
import { sendMessage } from '../messages/send.ts'
import type { SendOutcome } from '../ports/platform.ts'
import { DeliveryWorker } from './worker.ts'

const workers: DeliveryWorker[] = []

/** Closes, after each test of a file that calls this, what the test opened. */
export function closeWorkers() {
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.close()
  })
}

/** Anna with a conversation, in front of a platform that the test scripts. */
export async function openOutbox() {
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

export const retry = (retryAfterMs: number | null = null): SendOutcome => ({
  outcome: 'retry',
  error: 'flood',
  retryAfterMs,
})
