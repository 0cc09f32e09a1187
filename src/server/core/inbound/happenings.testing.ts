import { afterEach, expect } from 'vitest'
import { actAs, createTestCtx, openChannel } from '../context.testing.ts'
import { type Happening, happeningOf } from '../platform.testing.ts'
import { createInboundProcessor, type InboundProcessor } from './process.ts'
import { receive } from './receive.ts'

const processors: InboundProcessor[] = []

/** Closes, after each test of a file that calls this, what the test opened. */
export function closeProcessors() {
  afterEach(async () => {
    for (const processor of processors.splice(0)) await processor.close()
  })
}

/** Anna with a channel whose platform the test scripts, and everything that its events go through. */
export async function openInbound() {
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
