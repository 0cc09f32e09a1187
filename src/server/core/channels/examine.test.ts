import { beforeEach, describe, expect, it } from 'vitest'
import { join } from '../cast.testing.ts'
import { actAs, createTestCtx, openChannel } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import type { StoredChannel } from '../ports/channels.ts'
import type { Examination } from '../ports/platform.ts'
import { EXAMINATIONS_PER_MINUTE, examineChannel, GOOD_FOR_MS } from './examine.ts'
import { proveChannel } from './prove.ts'
import { repairChannel } from './repair.ts'
import { telegramWebhookUrl } from './webhook.ts'

let world: ReturnType<typeof createTestCtx>
let anna: MemberCtx
let channel: StoredChannel
let looks = 0
const hooks = () => world.platform.webhooks

beforeEach(async () => {
  world = createTestCtx()
  anna = await actAs(world.ctx, 'anna')
  channel = await openChannel(anna)
  hooks().set(channel.id, telegramWebhookUrl(world.ctx, channel.username))
  looks = 0
  world.platform.platform.examine = async ({ id, externalId }): Promise<Examination> => {
    looks += 1
    const url = hooks().get(id) ?? null
    const told = { pending: 0, lastError: null, lastErrorAt: null, missing: [] }
    return {
      token: 'accepted',
      words: null,
      account: externalId,
      webhook: { url, isSet: url !== null, ...told },
      isSecretKnown: null,
      clockAheadMs: 0,
    }
  }
})

const look = (as = anna, isFresh = false) => examineChannel(as, { channelId: channel.id, isFresh })
const stateOf = async (code: string) => (await look(anna, true)).checks.find((one) => one.code === code)

describe('examining', () => {
  it('says that a channel is well, to agents too, and shows no secret', async () => {
    const { as: bob } = await join(anna, 'bob')
    const health = await look(bob)
    expect(health).toMatchObject({ channel_id: channel.id, state: 'ok' })
    const { token, webhookSecret } = channel.credentials
    for (const secret of [token, `"${webhookSecret}"`]) expect(JSON.stringify(health)).not.toContain(secret)
  })

  it('tells strangers nothing, not even that the channel is there', async () => {
    const omar = await actAs(world.ctx, 'omar')
    await expect(look(omar)).rejects.toMatchObject({ code: 'not_found' })
    expect(looks).toBe(0)
  })

  it('asks the platform once, however many look at the same moment or soon after', async () => {
    await Promise.all([look(), look(), look()])
    world.clock.advance(GOOD_FOR_MS - 1)
    await look()
    expect(looks).toBe(1)
    await look(anna, true)
    expect(looks).toBe(2)
    world.clock.advance(GOOD_FOR_MS)
    await look()
    expect(looks).toBe(3)
  })

  it('looks anew at a channel that has stopped since', async () => {
    const { state } = await look()
    expect(state).toBe('ok')
    await world.ctx.channels.stop(channel.id, 'Unauthorized')
    expect((await look()).state).toBe('broken')
    await look()
    expect(looks).toBe(2)
  })

  it('does not take for fresh what began to be looked at before', async () => {
    const [old, ...fresh] = await Promise.all([look(), look(anna, true), look(anna, true)])
    expect(looks).toBe(2)
    expect(fresh[0]).toBe(fresh[1])
    expect(fresh[0]).not.toBe(old)
  })

  it('ends where somebody asks too often, and goes on a minute later', async () => {
    for (let n = 0; n < EXAMINATIONS_PER_MINUTE; n++) await look()
    await expect(look()).rejects.toMatchObject({ code: 'rate_limited' })
    world.clock.advance(60_000)
    await expect(look()).resolves.toMatchObject({ state: 'ok' })
  })

  it('takes a platform that fails for one that cannot be reached', async () => {
    world.platform.platform.examine = () => Promise.reject(new Error('broken'))
    expect(await look()).toMatchObject({ state: 'warning' })
    expect(await stateOf('token')).toMatchObject({ state: 'unknown', finding: 'unreachable' })
  })

  it('sees who knocked with a wrong secret, at this channel alone', async () => {
    const note = (id: number) =>
      world.ctx.security.note({
        kind: 'failed_authentication',
        workspaceId: anna.actor.workspaceId,
        userId: null,
        address: '203.0.113.9',
        detail: { by: 'webhook', channel: id },
      })
    note(channel.id + 1)
    expect(await stateOf('secret')).toMatchObject({ state: 'ok' })
    note(channel.id)
    expect(await stateOf('secret')).toMatchObject({ state: 'warning', finding: 'tried' })
  })
})

describe('repairing', () => {
  const repair = (code: Parameters<typeof repairChannel>[1]['repair'], as = anna) =>
    repairChannel(as, { channelId: channel.id, repair: code })

  it('sets a webhook that leads elsewhere again, with a fresh secret, and shows that it holds', async () => {
    hooks().set(channel.id, 'https://elsewhere.example/x')
    expect(await look()).toMatchObject({ state: 'broken' })
    expect(await repair('set_webhook')).toMatchObject({ state: 'ok' })
    expect(hooks().get(channel.id)).toBe(telegramWebhookUrl(world.ctx, channel.username))
    const stored = await world.ctx.channels.findById(channel.id)
    expect(stored?.credentials.token).toBe(channel.credentials.token)
    expect(stored?.credentials.webhookSecret).not.toBe(channel.credentials.webhookSecret)
    await expect(repair('set_webhook')).resolves.toMatchObject({ state: 'ok' })
    const { workspaceId } = anna.actor
    const entries = await anna.audit.list(workspaceId, { action: 'channel.repaired', limit: 9 })
    expect(entries).toHaveLength(2)
    expect(entries[0]).toMatchObject({ target: `channel:${channel.id}`, after: { repair: 'set_webhook' } })
  })

  it('keeps the secret where the platform refuses the webhook', async () => {
    world.platform.platform.setWebhook = () => Promise.reject(new Error('refused'))
    await expect(repair('set_webhook')).rejects.toThrow('refused')
    expect((await world.ctx.channels.findById(channel.id))?.credentials).toEqual(channel.credentials)
  })

  it('is for owners and admins, in their own workspace', async () => {
    const { as: bob } = await join(anna, 'bob')
    await expect(repair('set_webhook', bob)).rejects.toMatchObject({ code: 'forbidden' })
    const omar = await actAs(world.ctx, 'omar')
    await expect(repair('set_webhook', omar)).rejects.toMatchObject({ code: 'not_found' })
    expect(hooks().get(channel.id)).toBe(telegramWebhookUrl(world.ctx, channel.username))
  })

  it.each(['remove_webhook', 'subscribe', 'renew_token'] as const)(
    'does not do %s where it is not for the channel',
    (code) => expect(repair(code)).rejects.toMatchObject({ code: 'conflict' }),
  )

  it('tries no deliveries of a channel that stands still', async () => {
    await world.ctx.channels.stop(channel.id, 'Unauthorized')
    await expect(repair('retry_deliveries')).rejects.toMatchObject({ code: 'conflict' })
    expect(await stateOf('connection')).toMatchObject({ state: 'broken', remedy: 'reconnect' })
  })

  it('wakes the worker for what waits', async () => {
    const woken: unknown[] = []
    world.ctx.bus.subscribe('deliveries', (hint) => woken.push(hint))
    await repair('retry_deliveries')
    expect(woken).toHaveLength(1)
  })

  it('takes a webhook away where updates are asked for', async () => {
    world.ctx.settings.publicUrlIsPublic = false
    hooks().set(channel.id, 'https://elsewhere.example/x')
    expect(await stateOf('webhook')).toMatchObject({ finding: 'in_the_way', remedy: 'remove_webhook' })
    expect(await repair('remove_webhook')).toMatchObject({ state: 'ok' })
    expect(hooks().has(channel.id)).toBe(false)
    await expect(repair('set_webhook')).rejects.toMatchObject({ code: 'conflict' })
  })
})

it('writes a proof at most once a minute', async () => {
  const read = async () => (await world.ctx.channels.findById(channel.id)) ?? channel
  const proved: string[] = []
  const prove = world.ctx.channels.prove
  world.ctx.channels.prove = (id, at) => {
    proved.push(at)
    return prove(id, at)
  }
  proveChannel(world.ctx, channel)
  proveChannel(world.ctx, channel)
  expect((await read()).provedAt).toBe(proved[0])
  proveChannel(world.ctx, await read())
  expect(proved).toHaveLength(1)
  world.clock.advance(60_000)
  proveChannel(world.ctx, await read())
  expect(proved).toHaveLength(2)
})
