import { expect, it } from 'vitest'
import { setHumanAgent } from '../channels/set-human-agent.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { openAccount } from '../instagram.testing.ts'
import { sendMessage } from '../messages/send.ts'
import { createScriptedPlatform } from '../platform.testing.ts'
import { DeliveryWorker } from './worker.ts'

const HOUR = 3_600_000

/** What a person writes in time, that its channel lets go after so many hours. */
async function answerAfter(hours: number, hearAgain = false) {
  const { ctx, clock } = createTestCtx()
  const instagram = createScriptedPlatform()
  Object.assign(ctx.platforms, { instagram: instagram.platform })
  const anna = await actAs(ctx, 'anna')
  const { workspaceId, channelId, conversationId, hear } = await openAccount(anna)
  await setHumanAgent(anna, { channelId, isOn: true })
  await hear()
  await ctx.channels.stop(channelId, 'revoked')
  const said = { conversationId, content: 'hi', type: 'support' as const, clientId: null }
  const { message } = await sendMessage(anna, said)
  clock.advance(hours * HOUR)
  if (hearAgain) await hear()
  await ctx.channels.change([workspaceId], channelId, { isConnect: true, stoppedReason: null })
  const worker = new DeliveryWorker(ctx)
  worker.start()
  const stateOf = async () => ctx.messages.find([workspaceId], message.id)
  await expect.poll(async () => (await stateOf())?.delivery?.state, { interval: 1 }).toBe('sent')
  await worker.close()
  return { outgoing: instagram.sent[0]?.outgoing, extras: (await stateOf())?.extras }
}

it('is shown on what was written in time and went late', async () => {
  const { outgoing, extras } = await answerAfter(25)
  expect(outgoing).toMatchObject({ isHumanAgent: true })
  expect(extras).toEqual({ isHumanAgent: true })
})

it.each([
  ['in time', 23, false],
  ['after the customer had written once more', 25, true],
])('is not shown on what went %s', async (_, hours, hearAgain) => {
  const { outgoing, extras } = await answerAfter(hours, hearAgain)
  expect(outgoing).toMatchObject({ isHumanAgent: false })
  expect(extras).toBeUndefined()
})
