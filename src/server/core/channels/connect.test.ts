import { expect, it } from 'vitest'
import { actAs, createTestCtx } from '../context.testing.ts'
import { connectTelegram } from './connect.ts'

const token = (bot: string, secret = 'a') => ({
  source: 'telegram' as const,
  bot_token: `${bot}:${secret.repeat(20)}`,
})

async function open() {
  const { ctx, platform, log } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  return { ctx, platform, log, anna, connect: () => connectTelegram(anna, token('5')) }
}

it('connects a bot whose updates are seen to come here', async () => {
  const { ctx, anna, platform, connect } = await open()
  platform.platform.webhookState = async ({ id }) => ({
    url: platform.webhooks.get(id) ?? null,
    pending: 0,
    lastError: null,
    lastErrorAt: null,
  })
  const { channel, webhook_url } = await connect()
  expect(platform.webhooks.get(channel.id)).toBe(webhook_url)
  expect(await ctx.channels.findById(channel.id)).toMatchObject({
    isConnect: true,
    provedAt: expect.any(String),
  })
  await expect(connectTelegram(anna, token('5', 'b'))).rejects.toMatchObject({ code: 'conflict' })
})

it('does not look connected where Telegram keeps another address', async () => {
  const { anna, platform, connect } = await open()
  const elsewhere = { url: 'https://elsewhere.example', pending: 0, lastError: null, lastErrorAt: null }
  platform.platform.webhookState = async () => elsewhere
  await expect(connect()).rejects.toMatchObject({ code: 'unavailable' })
  expect(await anna.channels.list([anna.actor.workspaceId])).toEqual([])
})

it('lets a stopped channel go on under a new token and a new secret, and wakes what waits', async () => {
  const { ctx, anna, connect } = await open()
  const { channel, webhook_secret } = await connect()
  await ctx.channels.stop(channel.id, 'Unauthorized')
  const woken: unknown[] = []
  ctx.bus.subscribe('deliveries', (hint) => woken.push(hint))
  const again = await connectTelegram(anna, token('5', 'b'))
  expect(again.channel).toMatchObject({ id: channel.id, isConnect: true, stoppedReason: null })
  expect(again.webhook_secret).not.toBe(webhook_secret)
  const stored = await ctx.channels.findById(channel.id)
  expect(stored?.credentials).toEqual({
    token: token('5', 'b').bot_token,
    webhookSecret: again.webhook_secret,
  })
  expect(woken).toHaveLength(1)
})

it('leaves a stopped channel stopped where its new webhook is refused', async () => {
  const { ctx, anna, platform, connect } = await open()
  const { channel } = await connect()
  await ctx.channels.stop(channel.id, 'Unauthorized')
  platform.platform.setWebhook = async () => Promise.reject(new Error('refused'))
  await expect(connectTelegram(anna, token('5', 'b'))).rejects.toThrow('refused')
  const stored = await ctx.channels.findById(channel.id)
  expect(stored).toMatchObject({ isConnect: false, credentials: { token: token('5').bot_token } })
})

it('gives nobody the stopped channel of another workspace', async () => {
  const { ctx, connect } = await open()
  const { channel } = await connect()
  await ctx.channels.stop(channel.id, 'Unauthorized')
  const omar = await actAs(ctx, 'omar')
  await expect(connectTelegram(omar, token('5', 'b'))).rejects.toMatchObject({ code: 'conflict' })
  expect(await ctx.channels.findById(channel.id)).toMatchObject({ isConnect: false })
})

it('connects a channel again that is named, also while it has not stopped, at the place where it is', async () => {
  const { ctx, anna, platform, connect } = await open()
  const { channel } = await connect()
  const asked: unknown[] = []
  const { identify } = platform.platform
  platform.platform.identify = (given, root) => {
    asked.push(root)
    return identify(given, root)
  }
  const again = await connectTelegram(anna, { ...token('5', 'b'), channelId: channel.id })
  expect(again.channel).toMatchObject({ id: channel.id, isConnect: true })
  const stored = await ctx.channels.findById(channel.id)
  expect(stored?.credentials.token).toBe(token('5', 'b').bot_token)
  expect(asked).toEqual([stored?.apiRoot])
})

it('connects no other bot in the place of a channel, nor a channel of somebody else', async () => {
  const { ctx, anna, connect } = await open()
  const { channel } = await connect()
  await ctx.channels.stop(channel.id, 'Unauthorized')
  const other = connectTelegram(anna, { ...token('6'), channelId: channel.id })
  await expect(other).rejects.toMatchObject({ code: 'precondition_failed' })
  await expect(other).rejects.toThrow('@bot_6')
  const omar = await actAs(ctx, 'omar')
  for (const [who, channelId] of [[omar, channel.id] as const, [anna, channel.id + 9] as const])
    await expect(connectTelegram(who, { ...token('5', 'b'), channelId })).rejects.toMatchObject({
      code: 'not_found',
    })
  expect(await anna.channels.list([anna.actor.workspaceId, omar.actor.workspaceId])).toHaveLength(1)
  expect(await ctx.channels.findById(channel.id)).toMatchObject({
    isConnect: false,
    credentials: { token: token('5').bot_token },
  })
})
