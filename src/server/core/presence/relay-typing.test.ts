import { expect, it } from 'vitest'
import { actAs, createTestCtx, openChannel, openConversation } from '../context.testing.ts'
import { setTyping } from './typing.ts'

async function open() {
  const { ctx, clock, platform, log } = createTestCtx()
  const shown: string[] = []
  platform.platform.typing = async (_, recipient) => void shown.push(recipient)
  const anna = await actAs(ctx, 'anna')
  const channel = await openChannel(anna)
  const kim = await openConversation(anna, { channelId: channel.id, from: 'kim' })
  const sara = await openConversation(anna, { channelId: channel.id, from: 'sara' })
  const type = async (conversationId: string, isTyping = true) => {
    await setTyping(anna, { conversationId, isTyping, connectionId: 'c' })
    await new Promise(setImmediate)
  }
  return { ctx, anna, clock, log, platform, channel, kim: kim.id, sara: sara.id, shown, type }
}

it('shows the customer that somebody types, for each chat at its own pace', async () => {
  const { clock, kim, sara, shown, type } = await open()
  for (let second = 0; second < 9; second++) {
    await type(kim)
    clock.advance(1_000)
  }
  await type(sara)
  expect(shown).toEqual(['kim', 'kim', 'kim', 'sara'])
})

it('shows nothing when they stop, nor on a channel that is stopped', async () => {
  const { ctx, channel, kim, shown, type } = await open()
  await type(kim, false)
  await ctx.channels.stop(channel.id, 'revoked')
  await type(kim)
  expect(shown).toEqual([])
})

it('is nobody’s trouble where the platform fails', async () => {
  const { platform, kim, type, log } = await open()
  platform.platform.typing = async () => Promise.reject(new Error('down'))
  await type(kim)
  expect(log.sentences.map(({ level }) => level)).toEqual(['info'])
})
