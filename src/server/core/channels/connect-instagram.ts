import type { Channel, ReconnectInstagram } from '../../contract/channel.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError, isDomainError } from '../errors.ts'
import { catchUp, unheardSince } from '../inbound/catch-up.ts'
import type { NewChannel, StoredChannel } from '../ports/channels.ts'
import type { Platform } from '../ports/platform.ts'
import { audit } from '../security/audit.ts'
import { canManageChannels, requireRight } from '../security/can.ts'
import { forgetLook } from './examine.ts'
import { requirePlatform } from './platform-of.ts'
import { publicChannel } from './public-channel.ts'
import { reconnected, requireSameAccount } from './reconnected.ts'

export interface ConnectedInstagram {
  channel: Channel
  /** As webhooks and addresses of Instagram's say it. */
  accountId: string
  webhookUrl: string
}

/** The one address of all accounts of this instance. */
export const instagramWebhookUrl = ({ settings }: Pick<MemberCtx, 'settings'>): string =>
  `${settings.publicUrl.replace(/\/+$/, '')}/api/v1/message/insta-webhook/`

/**
 * Connects an Instagram account: asks whose token it is, takes one that lives long for it, stores it and has the account's
 * events sent here. An account of this workspace gets the new token and goes on where it stopped. Errors: forbidden,
 * invalid_input (a token that Instagram refuses, or somebody else's), not_found, precondition_failed (another account's than that
 * of the channel that is named), conflict (another workspace has it), unavailable.
 */
export async function connectInstagram(
  ctx: MemberCtx,
  input: ReconnectInstagram,
): Promise<ConnectedInstagram> {
  requireRight(ctx, canManageChannels, 'Only owners and admins can connect channels')
  const platform = requirePlatform(ctx, 'instagram')
  const named = await reconnected(ctx, 'instagram', input.channelId)
  const apiRoot = named?.apiRoot ?? null
  const { otherIds = [], ...account } = await platform.identify(input.access_token, apiRoot)
  requireSameAccount(named, account)
  const asked = input.instagram_user_id
  if (asked !== undefined && ![account.externalId, ...otherIds].includes(asked))
    throw new DomainError('invalid_input', `This token is of @${account.username}, whose id is another`)
  const token = await longLived(ctx, platform, { given: input.access_token, apiRoot })
  const channel = await put(ctx, platform, {
    workspaceId: ctx.actor.workspaceId,
    source: 'instagram',
    ...account,
    apiRoot,
    ...token,
  })
  const after = { source: channel.source, name: channel.name }
  await audit(ctx, { action: 'channel.connected', target: `channel:${channel.id}`, after })
  const { externalId: accountId } = channel
  return { channel: publicChannel(channel), accountId, webhookUrl: instagramWebhookUrl(ctx) }
}

/** Where Instagram gives no other token the given one is kept; when that dies is not known then. */
async function longLived(
  ctx: MemberCtx,
  platform: Platform,
  { given, apiRoot }: { given: string; apiRoot: string | null },
) {
  const long = await platform.exchange?.(given, apiRoot)
  return {
    credentials: { token: long?.token ?? given, webhookSecret: '' },
    tokenExpiresAt: long ? new Date(ctx.clock.now() + long.lifeMs).toISOString() : null,
  }
}

async function put(ctx: MemberCtx, platform: Platform, account: NewChannel): Promise<StoredChannel> {
  const found = await ctx.channels.findByExternalId('instagram', account.externalId)
  if (found?.workspaceId === account.workspaceId) return reconnect(ctx, platform, { found, account })
  const channel = await create(ctx, account)
  try {
    await platform.setWebhook(channel, instagramWebhookUrl(ctx))
    return channel
  } catch (error) {
    // A channel that hears nothing must not look connected, nor keep the account from a second try.
    await ctx.channels.remove([channel.workspaceId], channel.id)
    throw error
  }
}

async function reconnect(
  ctx: MemberCtx,
  platform: Platform,
  { found, account }: { found: StoredChannel; account: NewChannel },
): Promise<StoredChannel> {
  const { name, username, credentials, tokenExpiresAt } = account
  const since = await unheardSince(ctx, found)
  await platform.setWebhook({ ...found, credentials }, instagramWebhookUrl(ctx))
  const now = { isConnect: true, stoppedReason: null, provedAt: new Date(ctx.clock.now()).toISOString() }
  const change = { name, username, credentials, tokenExpiresAt, ...now }
  const channel = await ctx.channels.change([found.workspaceId], found.id, change)
  if (!channel) throw new DomainError('not_found', 'Channel not found')
  await catchUp(ctx, channel, since)
  forgetLook(ctx, channel.id)
  ctx.bus.publish('deliveries', null)
  return channel
}

async function create(ctx: MemberCtx, account: NewChannel): Promise<StoredChannel> {
  try {
    return await ctx.channels.create(account)
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'conflict') throw error
    const sentence = 'This account is already connected. Disconnect it there first.'
    throw new DomainError('conflict', sentence, { cause: error })
  }
}
