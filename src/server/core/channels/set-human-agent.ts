import type { Channel, SetHumanAgent } from '../../contract/channel.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { audit } from '../security/audit.ts'
import { canManageChannels, requireRight } from '../security/can.ts'
import { publicChannel } from './public-channel.ts'

/**
 * Says that Meta has granted the application its “Human Agent” feature, or that it has not. Errors: forbidden, not_found,
 * invalid_input (another platform's channel).
 */
export async function setHumanAgent(ctx: MemberCtx, { channelId, isOn }: SetHumanAgent): Promise<Channel> {
  requireRight(ctx, canManageChannels, 'Only owners and admins can change channels')
  const { workspaceId } = ctx.actor
  const channel = await ctx.channels.findById(channelId)
  if (channel?.workspaceId !== workspaceId) throw new DomainError('not_found', 'Channel not found')
  if (channel.source !== 'instagram')
    throw new DomainError('invalid_input', 'Only Instagram has a tag for people')
  const settings = { ...channel.settings, humanAgent: isOn }
  const changed = await ctx.channels.change([workspaceId], channelId, { settings })
  if (!changed) throw new DomainError('not_found', 'Channel not found')
  const before = { humanAgent: channel.isHumanAgentOn ?? false }
  await audit(ctx, {
    action: 'channel.changed',
    target: `channel:${channelId}`,
    before,
    after: { humanAgent: isOn },
  })
  return publicChannel(changed)
}
