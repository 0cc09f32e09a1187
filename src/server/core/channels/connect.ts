import type { Channel, ConnectTelegram } from '../../contract/channel.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError, isDomainError } from '../errors.ts'
import type { NewChannel, StoredChannel } from '../ports/channels.ts'
import { canManageChannels } from '../security/can.ts'
import { publicChannel } from './public-channel.ts'

export interface ConnectedTelegram {
  channel: Channel
  bot_username: string
  webhook_url: string
  webhook_secret: string
}

const REAL_API_ROOT = 'https://api.telegram.org'

/** Connects a Telegram bot to the workspace: asks whose token it is, stores it, and has its updates sent here. */
export async function connectTelegram(
  ctx: MemberCtx,
  input: ConnectTelegram & { apiRoot?: string },
): Promise<ConnectedTelegram> {
  if (!canManageChannels(ctx.actor)) {
    throw new DomainError('forbidden', 'Only owners and admins can connect channels')
  }
  const apiRoot = input.apiRoot ?? null
  const bot = await ctx.telegram.identify(input.bot_token, apiRoot)
  const channel = await create(ctx, {
    workspaceId: ctx.actor.workspaceId,
    source: 'telegram',
    ...bot,
    apiRoot,
    credentials: { token: input.bot_token, webhookSecret: ctx.ids.secret() },
  })
  const webhookUrl = `${ctx.settings.publicUrl.replace(/\/+$/, '')}/api/v1/message/webhook/${bot.username}/`
  if (isReachableFrom(ctx, apiRoot)) await setWebhook(ctx, channel, webhookUrl)
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

/** Telegram itself reaches only a public address; a Bot API server of one's own may reach any. */
const isReachableFrom = (ctx: MemberCtx, apiRoot: string | null): boolean =>
  ctx.settings.publicUrlIsPublic || (apiRoot !== null && apiRoot !== REAL_API_ROOT)

async function setWebhook(ctx: MemberCtx, channel: StoredChannel, url: string): Promise<void> {
  try {
    await ctx.telegram.setWebhook(channel, url)
  } catch (error) {
    // A channel that hears nothing must not look connected, nor keep the bot from a second try.
    await ctx.channels.remove([channel.workspaceId], channel.id)
    throw error
  }
}
