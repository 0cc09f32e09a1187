import fc from 'fast-check'
import { it } from 'vitest'
import { queueChange } from '../../adapters/memory/outbox.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { anySteps, play } from './gateway.testing.ts'
import type { Gateway } from './gateway-checks.testing.ts'

async function open(): Promise<Gateway> {
  const { ctx, state, clock } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  return {
    ctx,
    anna,
    withinMs: 1,
    pass: async (ms) => clock.advance(ms),
    change: async (messageId, op, content) => {
      const message = state.messages.get(messageId)
      if (!message) throw new Error('There is no such message')
      const at = new Date(clock.now()).toISOString()
      message.content = content
      if (op === 'delete') {
        message.deletedAt = at
        delete message.extras
      }
      queueChange(state, message, { op, body: null }, at)
    },
  }
}

it.each(['telegram', 'instagram'] as const)(
  'brings every message once and in order, or says why not, whatever the nodes and %s do',
  async (source) => {
    const plays = fc.asyncProperty(anySteps(source), async (steps) => play(await open(), source, steps))
    await fc.assert(plays, { numRuns: 100 })
  },
)
