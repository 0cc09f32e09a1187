import { expect, it } from 'vitest'
import { createTestCtx } from '../context.testing.ts'
import { richPartsOf } from './rich-parts.ts'

const place = { workspaceId: 1, channelId: 1, conversationId: 'C1', sender: 'customer:1' }

it.each([
  ['an hour ago', -3_600_000, true],
  ['a moment ago', -60_000, false],
  ['by a clock that is ahead of ours', 3_600_000, false],
])('keeps when a message was written %s only where it came late', async (_, offset, isKept) => {
  const { ctx, clock } = createTestCtx()
  const at = new Date(clock.now() + offset).toISOString()
  const said = { key: 'k', providerId: 'm', sourceId: '42', content: 'hello', kind: 'text' as const, at }
  const message = { ...said, firstName: null, lastName: null, username: null }
  expect(await richPartsOf(ctx, message, place)).toEqual(isKept ? { extras: { saidAt: at } } : {})
})
