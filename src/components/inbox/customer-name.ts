import type { Conversation } from '../../server/contract/conversation.ts'
import { displayLine } from '../ui/display-text.ts'

type Named = Pick<Conversation, 'customer'>

/** What to call a customer: platforms promise no name at all. Null where nothing is known. */
export const customerName = ({ customer }: Named): string | null => {
  const { firstName, lastName, username, erasedAt } = customer
  if (erasedAt) return null
  const full = displayLine([firstName, lastName].filter(Boolean).join(' '))
  return full || (username ? `@${displayLine(username)}` : null)
}
