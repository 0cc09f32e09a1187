import type { IdentitySecret } from '../../contract/website.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { audit } from '../security/audit.ts'
import { requireOwnWebsite, WEBSITES_TOPIC } from './website.ts'

/** The secret with which the site's own server proves who its visitors are. Whoever looks at it is written down. */
export async function showIdentitySecret(
  ctx: MemberCtx,
  input: { channelId: number },
): Promise<IdentitySecret> {
  const { id, credentials } = await requireOwnWebsite(ctx, input.channelId)
  if (!credentials.identitySecret) throw new DomainError('not_found', 'Channel not found')
  await audit(ctx, { action: 'channel.identity_secret_shown', target: `channel:${id}` })
  return { secret: credentials.identitySecret }
}

/** Makes a new secret; what the old one proves is refused from now on. */
export async function rotateIdentitySecret(
  ctx: MemberCtx,
  input: { channelId: number },
): Promise<IdentitySecret> {
  const { id, workspaceId, credentials } = await requireOwnWebsite(ctx, input.channelId)
  const secret = ctx.ids.secret()
  await ctx.channels.change([workspaceId], id, { credentials: { ...credentials, identitySecret: secret } })
  await audit(ctx, { action: 'channel.identity_secret_rotated', target: `channel:${id}` })
  ctx.bus.publish(WEBSITES_TOPIC, id)
  return { secret }
}
