import type { Channel } from '../../contract/channel.ts'
import type { StoredChannel } from '../ports/channels.ts'

/** A channel as it may be shown: what is not named here, above all its credentials, stays behind. */
export const publicChannel = (channel: StoredChannel): Channel => ({
  id: channel.id,
  source: channel.source,
  name: channel.name,
  username: channel.username,
  isConnect: channel.isConnect,
  stoppedReason: channel.stoppedReason,
  createdAt: channel.createdAt,
  tokenExpiresAt: channel.tokenExpiresAt,
  ...(channel.isHumanAgentOn && { isHumanAgentOn: true }),
})
