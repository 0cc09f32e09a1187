import type { InstagramSetup } from '../../contract/channel.ts'
import type { MemberCtx } from '../context.ts'
import { canManageChannels, requireRight } from '../security/can.ts'
import { instagramWebhookUrl } from './connect-instagram.ts'

/** What whoever connects an account has to enter at Meta. Errors: forbidden. */
export async function instagramSetup(ctx: MemberCtx): Promise<InstagramSetup> {
  requireRight(ctx, canManageChannels, 'Only owners and admins can connect channels')
  return { webhookUrl: instagramWebhookUrl(ctx), isReady: ctx.settings.isInstagramReady }
}
