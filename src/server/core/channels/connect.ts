import type { Channel, ReconnectTelegram } from '../../contract/channel.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError, isDomainError } from '../errors.ts'
import type { NewChannel, StoredChannel } from '../ports/channels.ts'
import { audit } from '../security/audit.ts'
import { canManageChannels, requireRight } from '../security/can.ts'
import { forgetLook } from './examine.ts'
import { publicChannel } from './public-channel.ts'
import { reconnected, requireSameAccount } from './reconnected.ts'
import { isPolled, proveWebhook, telegramWebhookUrl } from './webhook.ts'

export interface ConnectedTelegram {
  channel: Channel
  bot_username: string
  webhook_url: string
  webhook_secret: string
}

/**
 * Connects a Telegram bot to the workspace: asks whose token it is, stores it, and has its updates sent here. A channel of
 * theirs that stopped, or that is named, goes on with all that waits for it. Errors: forbidden, invalid_input (no such token),
 * not_found, precondition_failed (another bot's), conflict (it is connected), unavailable.
 */
export async function connectTelegram(ctx: MemberCtx, input: ReconnectTelegram): Promise<ConnectedTelegram> {
  requireRight(ctx, canManageChannels, 'Only owners and admins can connect channels')
  const named = await reconnected(ctx, 'telegram', input.channelId)
  const bot = await ctx.platforms.telegram.identify(input.bot_token, named?.apiRoot ?? null)
  requireSameAccount(named, bot)
  const credentials = { token: input.bot_token, webhookSecret: ctx.ids.secret() }
  const before = named ?? (await stoppedOf(ctx, bot.externalId))
  const channel = before
    ? await resume(ctx, { ...before, ...bot, credentials })
    : await connect(ctx, { ...bot, credentials })
  return {
    channel: publicChannel(channel),
    bot_username: bot.username,
    webhook_url: telegramWebhookUrl(ctx, bot.username),
    webhook_secret: channel.credentials.webhookSecret,
  }
}

async function stoppedOf(ctx: MemberCtx, externalId: string): Promise<StoredChannel | null> {
  const known = await ctx.channels.findByExternalId('telegram', externalId)
  return known?.workspaceId === ctx.actor.workspaceId && !known.isConnect ? known : null
}

type Bot = Pick<NewChannel, 'externalId' | 'name' | 'username' | 'credentials'>

async function connect(ctx: MemberCtx, bot: Bot): Promise<StoredChannel> {
  const { workspaceId } = ctx.actor
  const channel = await create(ctx, { ...bot, workspaceId, source: 'telegram', apiRoot: null })
  try {
    await hear(ctx, channel)
  } catch (error) {
    // A channel that hears nothing must not look connected, nor keep the bot from a second try.
    await ctx.channels.remove([channel.workspaceId], channel.id)
    throw error
  }
  const after = { source: channel.source, name: channel.name }
  await audit(ctx, { action: 'channel.connected', target: `channel:${channel.id}`, after })
  return channel
}

/** Its new token and secret are stored once the bot is known to hear: until then it stays stopped. */
async function resume(ctx: MemberCtx, channel: StoredChannel): Promise<StoredChannel> {
  await hear(ctx, channel)
  const { id, name, username, credentials } = channel
  const change = { name, username, credentials, isConnect: true, stoppedReason: null }
  const resumed = await ctx.channels.change([ctx.actor.workspaceId], id, change)
  if (!resumed) throw new DomainError('not_found', 'Channel not found')
  forgetLook(ctx, id)
  ctx.bus.publish('deliveries', null)
  const after = { source: resumed.source, name }
  await audit(ctx, { action: 'channel.reconnected', target: `channel:${id}`, after })
  return resumed
}

async function create(ctx: MemberCtx, channel: NewChannel): Promise<StoredChannel> {
  try {
    return await ctx.channels.create(channel)
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'conflict') throw error
    throw new DomainError('conflict', 'This bot is already connected. Disconnect it first.', { cause: error })
  }
}

/** Where nothing can reach us, updates are asked for instead. */
async function hear(ctx: MemberCtx, channel: StoredChannel): Promise<void> {
  if (isPolled(ctx, channel)) return
  await proveWebhook(ctx, channel)
  const provedAt = new Date(ctx.clock.now()).toISOString()
  await ctx.channels.change([channel.workspaceId], channel.id, { provedAt })
}
