import { outgoingFile } from '../files/outgoing-file.ts'
import type { ClaimedDelivery } from '../ports/deliveries.ts'
import type { Outgoing } from '../ports/platform.ts'
import type { Ports } from '../ports.ts'

/** What is to be said to the platform; or why there is nothing to say, or no way to say it. */
export type Said = { outgoing: Outgoing } | { cancelled: true } | { failed: string }

export function toOutgoing(ports: Ports, claimed: ClaimedDelivery): Said {
  return claimed.op === 'send' ? toSend(ports, claimed) : toChange(claimed)
}

function toSend(ports: Ports, claimed: ClaimedDelivery): Said {
  const { recipient, content, replyTo, isHumanAgent, attachment } = claimed
  // It was taken back while it was in hand, and was given back since.
  if (claimed.isDeleted) return { cancelled: true }
  const file = attachment && outgoingFile(ports, attachment)
  if (attachment && !file) return { failed: 'The file is not there' }
  return { outgoing: { op: 'send', recipient, content, file, replyTo, isHumanAgent } }
}

function toChange({ op, recipient, providerId, ...claimed }: ClaimedDelivery): Said {
  if (op !== 'delete' && claimed.isDeleted) return { cancelled: true }
  if (providerId === null) {
    const isNowhere = claimed.sendState === 'failed' || claimed.sendState === 'cancelled'
    return isNowhere ? { cancelled: true } : { failed: 'It is not known whether the message arrived' }
  }
  if (op === 'edit') {
    const { content, attachment } = claimed
    return { outgoing: { op, recipient, providerId, content, hasFile: attachment !== null } }
  }
  if (op === 'react') return { outgoing: { op, recipient, providerId, emoji: claimed.emoji } }
  return { outgoing: { op: 'delete', recipient, providerId } }
}
