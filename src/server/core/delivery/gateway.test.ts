import fc from 'fast-check'
import { it } from 'vitest'
import { queueChange } from '../../adapters/memory/outbox.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { anySteps, type Gateway, play } from './gateway.testing.ts'

async function open(): Promise<Gateway> {
  const { ctx, state, clock } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  return {
    ctx,
    anna,
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

it('brings every message once and in order, or says why not, whatever the platform and the nodes do', async () => {
  const plays = fc.asyncProperty(anySteps, async (steps) => play(await open(), steps))
  await fc.assert(plays, { numRuns: 150 })
})
