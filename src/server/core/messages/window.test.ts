import { beforeEach, describe, expect, it } from 'vitest'
import { join, openKey } from '../cast.testing.ts'
import { setHumanAgent } from '../channels/set-human-agent.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { openAccount } from '../instagram.testing.ts'
import { sendMessage } from './send.ts'
import { sendBotAnswer } from './send-ai.ts'
import { getWindow } from './window.ts'

const HOUR = 3_600_000

let test_: ReturnType<typeof createTestCtx>
let anna: MemberCtx
let conversationId: string
let channelId: number
let hear: Awaited<ReturnType<typeof openAccount>>['hear']

beforeEach(async () => {
  test_ = createTestCtx()
  anna = await actAs(test_.ctx, 'anna')
  const account = await openAccount(anna)
  conversationId = account.conversationId
  channelId = account.channelId
  hear = account.hear
})

const send = (
  as: MemberCtx = anna,
  type: 'support' | 'marketing' = 'support',
  clientId: string | null = null,
) => sendMessage(as, { conversationId, content: 'good day', type, clientId })
const answer = (as: MemberCtx) =>
  sendBotAnswer(as, {
    conversationId,
    content: 'beep',
    clientId: null,
    metadata: {},
    inputTokens: 0,
    outputTokens: 0,
  })
const allowPeople = () => setHumanAgent(anna, { channelId, isOn: true })
const stored = () => anna.messages.page(conversationId, { limit: 100 })
const CLOSED = { code: 'window_closed' }

describe('a customer on Instagram', () => {
  it('who never wrote is not written to, and nothing is stored', async () => {
    await expect(send()).rejects.toMatchObject(CLOSED)
    expect(await stored()).toEqual([])
  })

  it('is written to by everybody for a day', async () => {
    await hear()
    test_.clock.advance(24 * HOUR - 1)
    const bot = (await openKey(anna, ['ai'])).as
    const all = [await send(), await send(anna, 'marketing'), await answer(bot)]
    for (const { message } of all) expect(message.extras?.isHumanAgent).toBeUndefined()
  })

  it('is written to by nobody after it, where the tag for people is not granted', async () => {
    await hear()
    test_.clock.advance(24 * HOUR)
    await expect(send()).rejects.toMatchObject(CLOSED)
    await expect(send()).rejects.toThrow('They have to write first')
    expect(await stored()).toHaveLength(1)
  })

  it('is written to by people alone for a week, under the tag', async () => {
    await allowPeople()
    await hear()
    test_.clock.advance(24 * HOUR)
    const { as: agent } = await join(anna, 'amir')
    expect((await send(agent)).message.extras).toEqual({ isHumanAgent: true })
    const { as: program } = await openKey(anna, ['ai', 'messages'])
    await expect(send(program)).rejects.toMatchObject(CLOSED)
    await expect(send(anna, 'marketing')).rejects.toMatchObject(CLOSED)
    await expect(answer(program)).rejects.toThrow('only people')
    test_.clock.advance(6 * 24 * HOUR)
    await expect(send(agent)).rejects.toMatchObject(CLOSED)
  })

  it('said to once more after it, is answered with what was stored in time, to whoever said it', async () => {
    await hear()
    const { message } = await send(anna, 'support', 'c1')
    test_.clock.advance(24 * HOUR)
    expect(await send(anna, 'support', 'c1')).toMatchObject({ repeated: true, message: { id: message.id } })
    await expect(send(anna, 'support', 'c2')).rejects.toMatchObject(CLOSED)
    const { as: agent } = await join(anna, 'amir')
    await expect(send(agent, 'support', 'c1')).rejects.toMatchObject(CLOSED)
    expect(await stored()).toHaveLength(2)
  })

  it('opens the window again by writing', async () => {
    await hear()
    test_.clock.advance(30 * HOUR)
    await expect(send()).rejects.toMatchObject(CLOSED)
    await hear()
    expect((await send()).message.content).toBe('good day')
  })
})

it('is not asked about where the channel is gone: then the delivery says so', async () => {
  await anna.channels.remove([anna.actor.workspaceId], channelId)
  const { message } = await send()
  expect(message.delivery).toMatchObject({ state: 'failed', error: 'Instagram service not available' })
})

it('tells its own people what the time is made of, and strangers nothing', async () => {
  expect(await getWindow(anna, { conversationId })).toEqual({ lastCustomerAt: null, isHumanAgentOn: false })
  await allowPeople()
  const { message } = await hear()
  expect(await getWindow(anna, { conversationId })).toEqual({
    lastCustomerAt: message.createdAt,
    isHumanAgentOn: true,
  })
  const omar = await actAs(test_.ctx, 'omar')
  await expect(getWindow(omar, { conversationId })).rejects.toMatchObject({ code: 'not_found' })
  await expect(send(omar)).rejects.toMatchObject({ code: 'not_found' })
})
