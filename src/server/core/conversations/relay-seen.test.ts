import { expect, it } from 'vitest'
import { actAs, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { createScriptedPlatform } from '../platform.testing.ts'
import { markRead } from './mark-read.ts'

async function open(source: 'instagram' | 'telegram' = 'instagram') {
  const { ctx, clock, log } = createTestCtx()
  const shown: string[] = []
  const markSeen = async (_: unknown, recipient: string) => void shown.push(recipient)
  const platform = { ...createScriptedPlatform().platform, markSeen }
  Object.assign(ctx.platforms, { instagram: platform, telegram: platform })
  const anna = await actAs(ctx, 'anna')
  const { workspaceId } = anna.actor
  const channel = await ctx.channels.create({
    workspaceId,
    source,
    name: 'Shop',
    externalId: '1784',
    username: 'shop',
    apiRoot: null,
    credentials: { token: 'IG', webhookSecret: '' },
  })
  const { conversation } = await ctx.journal.append({
    kind: 'open',
    workspaceId,
    channelId: channel.id,
    source,
    sourceId: 'kim',
    conversationId: ctx.ids.short(),
    firstName: null,
    lastName: null,
    username: null,
  })
  const { id: conversationId } = conversation
  return { ctx, clock, log, platform, channel, shown, ...talk(anna, conversationId) }
}

function talk(anna: MemberCtx, conversationId: string) {
  const hear = () =>
    anna.journal.appendMessage({
      kind: 'message',
      workspaceIds: [anna.actor.workspaceId],
      conversationId,
      id: anna.ids.short(),
      type: 'customer',
      content: 'hello',
      contentKind: 'text',
      sender: 'customer:1',
      author: null,
      clientId: null,
      providerId: null,
      deliver: false,
    })
  const read = async () => {
    await markRead(anna, { conversationId, upTo: null })
    await new Promise(setImmediate)
  }
  return { hear, read }
}

it('shows the customer that they were read, once for what they wrote', async () => {
  const { clock, shown, hear, read } = await open()
  await hear()
  await read()
  clock.advance(60_000)
  await read()
  expect(shown).toEqual(['kim'])
  await hear()
  await read()
  expect(shown).toEqual(['kim', 'kim'])
})

it('shows nothing on a platform that has no such thing, nor on a channel that is stopped', async () => {
  const telegram = await open('telegram')
  await telegram.hear()
  await telegram.read()
  const { ctx, channel, shown, hear, read } = await open()
  await ctx.channels.stop(channel.id, 'revoked')
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
