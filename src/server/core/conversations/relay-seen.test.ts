import { expect, it } from 'vitest'
import { actAs, createTestCtx } from '../context.testing.ts'
import { openAccount } from '../instagram.testing.ts'
import { createScriptedPlatform } from '../platform.testing.ts'
import { markRead } from './mark-read.ts'

async function open(source: 'instagram' | 'telegram' = 'instagram') {
  const { ctx, clock, log } = createTestCtx()
  const shown: string[] = []
  const markSeen = async (_: unknown, recipient: string) => void shown.push(recipient)
  const platform = { ...createScriptedPlatform().platform, markSeen }
  Object.assign(ctx.platforms, { instagram: platform, telegram: platform })
  const anna = await actAs(ctx, 'anna')
  const { channelId, conversationId, hear } = await openAccount(anna, source)
  const read = async () => {
    await markRead(anna, { conversationId, upTo: null })
    await new Promise(setImmediate)
  }
  return { ctx, clock, log, platform, channelId, shown, hear, read }
}

it('shows the customer that they were read, once for what they wrote', async () => {
  const { clock, shown, hear, read } = await open()
  await hear()
  await read()
  clock.advance(60_000)
  await read()
  expect(shown).toEqual(['42'])
  await hear()
  await read()
  expect(shown).toEqual(['42', '42'])
})

it('shows nothing on a platform that has no such thing, nor on a channel that is stopped', async () => {
  const telegram = await open('telegram')
  await telegram.hear()
  await telegram.read()
  const { ctx, channelId, shown, hear, read } = await open()
  await ctx.channels.stop(channelId, 'revoked')
  await hear()
  await read()
  expect([...telegram.shown, ...shown]).toEqual([])
})

it('is nobody’s trouble where the platform fails', async () => {
  const { platform, log, hear, read } = await open()
  platform.markSeen = async () => Promise.reject(new Error('down'))
  await hear()
  await read()
  expect(log.sentences.map(({ level }) => level)).toEqual(['info'])
})
