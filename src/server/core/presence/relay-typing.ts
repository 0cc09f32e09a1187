import { CAPABILITIES } from '../../contract/capabilities.ts'
import type { Conversation } from '../../contract/conversation.ts'
import { platformOf } from '../channels/platform-of.ts'
import type { Ports } from '../ports.ts'

/** Platforms show typing for some five seconds, and clients repeat it every three: one of two in a row is left out. */
const EVERY_MS = 2_500

type RelayPorts = Pick<Ports, 'channels' | 'limiter' | 'platforms' | 'log'>

/** Shows the customer that somebody types, where their platform can, from whatever node and however many type. Never fails. */
export async function relayTyping(ports: RelayPorts, conversation: Conversation): Promise<void> {
  const { id, channelId, source, customer } = conversation
  const platform = platformOf(ports, source)
  if (!platform?.typing || !CAPABILITIES[source].typing.toCustomer || channelId === null) return
  try {
    if (!(await ports.limiter.take(`typing:${id}`, 1, EVERY_MS)).allowed) return
    const channel = await ports.channels.findById(channelId)
    if (channel?.isConnect && customer.sourceId) await platform.typing(channel, customer.sourceId)
  } catch (err) {
    ports.log.info({ err, channelId }, 'That somebody types could not be shown')
  }
}
