import { afterEach, beforeEach, expect, it } from 'vitest'
import { actAs, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { openAccount } from '../instagram.testing.ts'
import { sendMessage } from '../messages/send.ts'
import { createScriptedPlatform } from '../platform.testing.ts'
import type { SendOutcome } from '../ports/platform.ts'
import { DeliveryWorker } from './worker.ts'

const DEAD: SendOutcome = { outcome: 'stopped', error: '401 Unauthorized: expired', code: '190/463' }

let test: ReturnType<typeof createTestCtx>
let anna: MemberCtx
let worker: DeliveryWorker
let instagram: ReturnType<typeof createScriptedPlatform>
let renewals: number
let isRenewable: boolean
let conversationId: string
let channelId: number

beforeEach(async () => {
  test = createTestCtx()
  instagram = createScriptedPlatform()
  renewals = 0
  isRenewable = true
  const renew = async () => {
    renewals += 1
    return isRenewable ? { token: `renewed ${renewals}`, lifeMs: 1_000_000_000 } : null
  }
  Object.assign(test.ctx.platforms, { instagram: { ...instagram.platform, renew } })
  anna = await actAs(test.ctx, 'anna')
  const account = await openAccount(anna)
  conversationId = account.conversationId
  channelId = account.channelId
  await account.hear()
  worker = new DeliveryWorker(test.ctx)
  worker.start()
})
afterEach(() => worker.close())

const send = () => sendMessage(anna, { conversationId, content: 'hi', type: 'support', clientId: null })
const tokens = () => instagram.sent.map(({ channel }) => channel.credentials.token)
const channel = () => anna.channels.findById(channelId)

it('renews a token that is refused, and hands the message over with the new one', async () => {
  instagram.answers.push(DEAD)
  await send()
  await expect.poll(tokens).toEqual(['first', 'renewed 1'])
  expect(await channel()).toMatchObject({ isConnect: true, credentials: { token: 'renewed 1' } })
})

it('stops the channel where the new one is refused, too, or there is none', async () => {
  instagram.answers.push(DEAD, DEAD)
  await send()
  await expect.poll(async () => (await channel())?.isConnect).toBe(false)
  expect([tokens(), renewals]).toEqual([['first', 'renewed 1'], 1])
})

it('stops at once where nothing is to be renewed, and for another reason than the token', async () => {
  instagram.answers.push({ outcome: 'stopped', error: '400 Bad Request: abusive', code: '368' })
  await send()
  await expect.poll(async () => (await channel())?.stoppedReason).toBe('400 Bad Request: abusive')
  expect(renewals).toBe(0)
})
