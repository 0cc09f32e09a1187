import { beforeEach, describe, expect, it } from 'vitest'
import { join } from '../cast.testing.ts'
import { actAs, createTestCtx, openChannel } from '../context.testing.ts'
import type { Ctx, MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { createScriptedPlatform } from '../platform.testing.ts'
import type { RenewedToken } from '../ports/platform.ts'
import { noteAtDoor } from '../security/note.ts'
import { connectInstagram } from './connect-instagram.ts'
import { examineChannel } from './examine.ts'
import { listChannels } from './list.ts'
import { refreshTokens } from './refresh-tokens.ts'
import { repairChannel } from './repair.ts'
import { setHumanAgent } from './set-human-agent.ts'

const DAY = 86_400_000
const LIFE = 60 * DAY

let ctx: Ctx
let clock: ReturnType<typeof createTestCtx>['clock']
let anna: MemberCtx
let long: RenewedToken | null
let asked: string[]
let isRefused: boolean
let subscribed: boolean
let accountId: string

beforeEach(async () => {
  const test = createTestCtx()
  ctx = test.ctx
  clock = test.clock
  asked = []
  long = { token: 'IGlong1', lifeMs: LIFE }
  isRefused = false
  subscribed = false
  accountId = '1784'
  const { platform } = createScriptedPlatform()
  const instagram = {
    ...platform,
    identify: async (token: string) => {
      if (token.startsWith('IGbad')) throw new DomainError('invalid_input', 'Instagram refused this token')
      return { externalId: accountId, name: 'Shop', username: 'shop', otherIds: ['77'] }
    },
    setWebhook: async () => {
      if (isRefused) throw new DomainError('invalid_input', 'Instagram refused to send its events here')
      subscribed = true
    },
    examine: async () => ({
      token: 'accepted' as const,
      words: null,
      account: '1784',
      webhook: {
        url: null,
        isSet: subscribed,
        missing: [],
        pending: null,
        lastError: null,
        lastErrorAt: null,
      },
      isSecretKnown: true,
      clockAheadMs: null,
    }),
    exchange: async () => long,
    renew: async ({ credentials }: { credentials: { token: string } }) => {
      asked.push(credentials.token)
      return long && { ...long, token: `${credentials.token}+` }
    },
  }
  Object.assign(ctx.platforms, { instagram })
  anna = await actAs(ctx, 'anna')
})

const connect = (as: MemberCtx = anna, more: object = {}) =>
  connectInstagram(as, { source: 'instagram', access_token: 'IGshort1234', ...more })
const stored = async () => {
  const found = await ctx.channels.findByExternalId('instagram', '1784')
  if (!found) throw new Error('The channel is not there')
  return found
}
const refresh = () => refreshTokens(ctx, () => false)
const inDays = (days: number) => new Date(clock.now() + days * DAY).toISOString()

describe('connecting', () => {
  it('takes a token that lives long, and shows nobody either', async () => {
    const connected = await connect()
    expect(connected).toMatchObject({
      accountId: '1784',
      webhookUrl: 'https://peyk.test/api/v1/message/insta-webhook/',
      channel: { source: 'instagram', name: 'Shop', isConnect: true, tokenExpiresAt: inDays(60) },
    })
    expect((await stored()).credentials.token).toBe('IGlong1')
    expect(JSON.stringify([connected, await listChannels(anna)])).not.toMatch(/IGlong|IGshort/)
  })

  it('keeps the given token where Instagram has no other, and does not know when it dies', async () => {
    long = null
    expect((await connect()).channel.tokenExpiresAt).toBeNull()
    expect((await stored()).credentials.token).toBe('IGshort1234')
  })

  it('is refused with another account’s token, by either of its numbers', async () => {
    const wrong = connect(anna, { instagram_user_id: '999' })
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await listChannels(anna)).toEqual([])
    for (const instagram_user_id of ['1784', '77'])
      expect(await connect(anna, { instagram_user_id })).toMatchObject({ accountId: '1784' })
  })

  it('leaves nothing where Instagram refuses the token, or to send its events', async () => {
    await expect(connect(anna, { access_token: 'IGbad12345' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    isRefused = true
    await expect(connect()).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await listChannels(anna)).toEqual([])
    isRefused = false
    expect(await connect()).toMatchObject({ accountId: '1784' })
  })

  it('is for owners and admins, and an account is one workspace’s', async () => {
    const { as: agent } = await join(anna, 'amir')
    await expect(connect(agent)).rejects.toMatchObject({ code: 'forbidden' })
    await connect()
    await expect(connect(await actAs(ctx, 'omar'))).rejects.toMatchObject({ code: 'conflict' })
  })

  it('again gives the same channel its new token, and it goes on', async () => {
    const first = await connect()
    await ctx.channels.stop(first.channel.id, '401 Unauthorized')
    const woken: unknown[] = []
    ctx.bus.subscribe('deliveries', (word) => woken.push(word))
    long = { token: 'IGlong2', lifeMs: LIFE }
    const again = await connect()
    expect(again.channel).toMatchObject({ id: first.channel.id, isConnect: true, stoppedReason: null })
    expect((await stored()).credentials.token).toBe('IGlong2')
    expect(woken).toHaveLength(1)
  })
})

describe('connecting again', () => {
  it('is refused with another account’s token, and for what is no account on Instagram', async () => {
    const { channel } = await connect()
    await ctx.channels.change([anna.actor.workspaceId], channel.id, { isConnect: false })
    const named = { channelId: channel.id }
    const telegram = await openChannel(anna)
    await expect(connect(anna, { channelId: telegram.id })).rejects.toMatchObject({ code: 'not_found' })
    await expect(connect(await actAs(ctx, 'omar'), named)).rejects.toMatchObject({ code: 'not_found' })
    accountId = '1785'
    await expect(connect(anna, named)).rejects.toMatchObject({ code: 'precondition_failed' })
    expect(await stored()).toMatchObject({ isConnect: false })
    accountId = '1784'
    expect((await connect(anna, named)).channel).toMatchObject({ id: channel.id, isConnect: true })
  })
})

describe('a token', () => {
  it('is renewed when it is ten days old, and not before', async () => {
    await connect()
    clock.advance(9 * DAY)
    await refresh()
    expect(asked).toEqual([])
    clock.advance(DAY)
    await refresh()
    expect(asked).toEqual(['IGlong1'])
    expect(await stored()).toMatchObject({ credentials: { token: 'IGlong1+' }, tokenExpiresAt: inDays(60) })
  })

  it('of which nobody knows when it dies is renewed as soon as Instagram lets us', async () => {
    long = null
    await connect()
    clock.advance(DAY - 1)
    await refresh()
    expect(asked).toEqual([])
    clock.advance(1)
    await refresh()
    expect(asked).toHaveLength(1)
  })

  it('is tried by one node in an hour, and again in the next where that failed', async () => {
    await connect()
    long = null
    clock.advance(10 * DAY)
    await Promise.all([refresh(), refresh()])
    await refresh()
    expect(asked).toHaveLength(1)
    clock.advance(3_600_000)
    await refresh()
    expect(asked).toHaveLength(2)
  })

  it('that died stops its channel', async () => {
    await connect()
    clock.advance(LIFE)
    await refresh()
    expect(await stored()).toMatchObject({ isConnect: false, stoppedReason: 'The access token has expired' })
    expect(asked).toEqual([])
  })

  it('of a channel that stopped is left alone', async () => {
    const { channel } = await connect()
    await ctx.channels.stop(channel.id, 'no')
    clock.advance(20 * DAY)
    await refresh()
    expect(asked).toEqual([])
  })
})

describe('its doctor', () => {
  const look = async (channelId: number) => examineChannel(anna, { channelId, isFresh: true })

  it('sees that the account sends nothing, and one click has it send again', async () => {
    const { channel } = await connect()
    expect(await look(channel.id)).toMatchObject({ state: 'ok' })
    subscribed = false
    const { state, checks } = await look(channel.id)
    expect(state).toBe('broken')
    expect(checks).toContainEqual(expect.objectContaining({ finding: 'unsubscribed', remedy: 'subscribe' }))
    const repair = repairChannel(anna, { channelId: channel.id, repair: 'subscribe' })
    expect(await repair).toMatchObject({ state: 'ok' })
    const setAddress = repairChannel(anna, { channelId: channel.id, repair: 'set_webhook' })
    await expect(setAddress).rejects.toMatchObject({ code: 'conflict' })
  })

  it('sees what the application did not sign, for whichever account it was, until something is signed', async () => {
    const { channel } = await connect()
    const detail = { by: 'webhook', source: 'instagram' }
    noteAtDoor(ctx, { kind: 'failed_authentication', address: '203.0.113.9', detail })
    const secret = async () => (await look(channel.id)).checks.find(({ code }) => code === 'secret')
    expect(await secret()).toMatchObject({ state: 'warning', finding: 'unsigned' })
    clock.advance(1)
    await ctx.channels.prove(channel.id, new Date(clock.now()).toISOString())
    expect(await secret()).toMatchObject({ state: 'ok' })
  })
})

describe('the tag for people', () => {
  it('is switched by owners and admins of the channel’s workspace, for Instagram alone', async () => {
    const { channel } = await connect()
    const on = { channelId: channel.id, isOn: true }
    expect(await setHumanAgent(anna, on)).toMatchObject({ isHumanAgentOn: true })
    expect(await listChannels(anna)).toMatchObject([{ isHumanAgentOn: true }])
    expect(await setHumanAgent(anna, { ...on, isOn: false })).not.toHaveProperty('isHumanAgentOn')
    const { as: agent } = await join(anna, 'amir')
    await expect(setHumanAgent(agent, on)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(setHumanAgent(await actAs(ctx, 'omar'), on)).rejects.toMatchObject({ code: 'not_found' })
  })
})
