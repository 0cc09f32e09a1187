import type { Channel } from '../../server/contract/channel.ts'
import { isolated } from '../ui/display-text.ts'

/** What tells a channel from others of its name. */
export const channelName = ({ username, name }: Pick<Channel, 'username' | 'name'>): string =>
  isolated(username ? `@${username}` : name)
