import type { Channel } from '../../contract/channel.ts'
import type { MemberCtx } from '../context.ts'

/** The channels of the workspace one works in. */
export const listChannels = (ctx: MemberCtx): Promise<Channel[]> => ctx.channels.list([ctx.actor.workspaceId])
