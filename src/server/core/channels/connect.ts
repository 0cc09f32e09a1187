import type { Channel, ConnectTelegram } from '../../contract/channel.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError, isDomainError } from '../errors.ts'
import type { NewChannel, StoredChannel } from '../ports/channels.ts'
import { audit } from '../security/audit.ts'
import { canManageChannels, requireRight } from '../security/can.ts'
import { publicChannel } from './public-channel.ts'

export interface ConnectedTelegram {
  channel: Channel
  bot_username: string
  webhook_url: string
  webhook_secret: string
}

/** Connects a Telegram bot to the workspace: asks whose token it is, stores it, and has its updates sent here. */
export async function connectTelegram(ctx: MemberCtx, input: ConnectTelegram): Promise<ConnectedTelegram> {
  requireRight(ctx, canManageChannels, 'Only owners and admins can connect channels')
  const bot = await ctx.platforms.telegram.identify(input.bot_token, null)
  const channel = await create(ctx, {
    workspaceId: ctx.actor.workspaceId,
    source: 'telegram',
    ...bot,
    apiRoot: null,
    credentials: { token: input.bot_token, webhookSecret: ctx.ids.secret() },
  })
  const webhookUrl = `${ctx.settings.publicUrl.replace(/\/+$/, '')}/api/v1/message/webhook/${bot.username}/`
  if (ctx.settings.publicUrlIsPublic) await setWebhook(ctx, channel, webhookUrl)
  const after = { source: channel.source, name: channel.name }
  await audit(ctx, { action: 'channel.connected', target: `channel:${channel.id}`, after })
  return {
    channel: publicChannel(channel),
    bot_username: bot.username,
    webhook_url: webhookUrl,
    webhook_secret: channel.credentials.webhookSecret,
  }
}

async function create(ctx: MemberCtx, channel: NewChannel): Promise<StoredChannel> {
  try {
    return await ctx.channels.create(channel)
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'conflict') throw error
    throw new DomainError('conflict', 'This bot is already connected. Disconnect it first.', { cause: error })
  }
}

async function setWebhook(ctx: MemberCtx, channel: StoredChannel, url: string): Promise<void> {
  try {
    await ctx.platforms.telegram.setWebhook(channel, url)
  } catch (error) {
    // A channel that hears nothing must not look connected, nor keep the bot from a second try.
    await ctx.channels.remove([channel.workspaceId], channel.id)
    throw error
  }
}
