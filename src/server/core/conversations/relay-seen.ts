import { CAPABILITIES } from '../../contract/capabilities.ts'
import type { ConversationState } from '../../contract/conversation.ts'
import { platformOf } from '../channels/platform-of.ts'
import type { Ports } from '../ports.ts'

/** Several people may read the same words at once, on several nodes. */
const EVERY_MS = 2_000

type RelayPorts = Pick<Ports, 'channels' | 'conversations' | 'limiter' | 'platforms' | 'log'>

/** Shows the customer that we have read what they wrote, where their platform waits for our word. Never fails. */
export async function relaySeen(
  ports: RelayPorts,
  { workspaceId, conversation }: { workspaceId: number; conversation: ConversationState },
): Promise<void> {
  const { id, source, channelId } = conversation
  const platform = platformOf(ports, source)
  if (!platform?.markSeen || !CAPABILITIES[source].marksSeen || channelId === null) return
  try {
    if (!(await ports.limiter.take(`seen:${id}`, 1, EVERY_MS)).allowed) return
    const channel = await ports.channels.findById(channelId)
    const known = channel?.isConnect ? await ports.conversations.find([workspaceId], id) : null
    if (channel && known?.customer.sourceId) await platform.markSeen(channel, known.customer.sourceId)
  } catch (err) {
    ports.log.info({ err, channelId }, 'That somebody has read could not be shown')
  }
}
