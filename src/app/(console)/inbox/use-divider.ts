import { useState } from 'react'
import type { Conversation } from '../../../server/contract/conversation.ts'
import type { Message } from '../../../server/contract/message.ts'

interface Divider {
  conversationId: string
  after: number | null
  /** The last seq when somebody was last looking at the end. */
  seen: number
}

/**
 * Where the line above new messages stands: fixed when the conversation is opened, set later by the first message that
 * comes while nobody looks, and gone only when one leaves.
 */
export const useDivider = (
  conversation: Conversation | undefined,
  messages: readonly Message[] | null,
  isReading: boolean,
): number | null => {
  const [divider, setDivider] = useState<Divider | null>(null)
  if (!conversation || !messages)
    return divider?.conversationId === conversation?.id ? (divider?.after ?? null) : null
  const next = follow(divider, conversation, messages, isReading)
  if (next !== divider) setDivider(next)
  return next.after
}

const follow = (
  divider: Divider | null,
  { id, unreadCount, answeredSeq }: Conversation,
  messages: readonly Message[],
  isReading: boolean,
): Divider => {
  const last = messages.at(-1)?.seq ?? 0
  if (divider?.conversationId !== id) {
    return { conversationId: id, after: unreadCount > 0 ? answeredSeq : null, seen: last }
  }
  if (last <= divider.seen) return divider
  if (isReading || divider.after !== null) return { ...divider, seen: last }
  const hasNews = messages.some(({ seq, type }) => seq > divider.seen && type === 'customer')
  return { ...divider, after: hasNews ? divider.seen : null, seen: last }
}
