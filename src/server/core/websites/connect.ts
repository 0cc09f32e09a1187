import { type ConnectWebsite, type Website, WebsiteSettings } from '../../contract/website.ts'
import type { MemberCtx } from '../context.ts'
import { audit } from '../security/audit.ts'
import { canManageChannels, requireRight } from '../security/can.ts'
import { publicWebsite } from './website.ts'

/** Opens a website's channel: a public key for its pages, and a secret with which its server proves who its visitors are. */
export async function connectWebsite(ctx: MemberCtx, input: ConnectWebsite): Promise<Website> {
  requireRight(ctx, canManageChannels, 'Only owners and admins can connect channels')
  const channel = await ctx.channels.create({
    workspaceId: ctx.actor.workspaceId,
    source: 'website',
    name: input.name,
    externalId: ctx.ids.code(),
    username: null,
    apiRoot: null,
    credentials: { token: '', webhookSecret: '', identitySecret: ctx.ids.secret() },
    settings: WebsiteSettings.parse({ allowedOrigins: input.allowed_origins }),
  })
  const after = { source: 'website', name: channel.name, allowedOrigins: input.allowed_origins }
  await audit(ctx, { action: 'channel.connected', target: `channel:${channel.id}`, after })
  return publicWebsite(ctx, channel)
}
