import { CAPABILITIES } from '../../contract/capabilities.ts'
import { passageOf, windowAt } from '../../contract/window.ts'
import { WINDOW_CLOSED } from '../messages/window.ts'
import type { StoredChannel } from '../ports/channels.ts'
import type { ClaimedDelivery } from '../ports/deliveries.ts'
import type { Outgoing } from '../ports/platform.ts'

/**
 * What was stored in time may be handed over too late, such as after its channel stood still: the tag for people goes with what
 * a person wrote as an answer under it, and nothing else goes then.
 */
export function passWindow(
  channel: Pick<StoredChannel, 'isHumanAgentOn'>,
  claimed: Pick<ClaimedDelivery, 'source' | 'lastCustomerAt' | 'isHumanAgent'>,
  { outgoing, now }: { outgoing: Outgoing; now: number },
): { outgoing: Outgoing } | { failed: string } {
  if (outgoing.op !== 'send') return { outgoing }
  const { lastCustomerAt, isHumanAgent: isPerson } = claimed
  const facts = { lastCustomerAt, isHumanAgentOn: channel.isHumanAgentOn ?? false }
  const window = windowAt(CAPABILITIES[claimed.source].window, facts, now)
  const passage = passageOf(window, { type: 'support', isPerson })
  if (passage === 'refused') return { failed: WINDOW_CLOSED }
  return { outgoing: { ...outgoing, isHumanAgent: passage === 'human' } }
}
