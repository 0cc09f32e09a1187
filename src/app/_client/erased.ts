import type { Conversation } from '../../server/contract/conversation.ts'
import type { LiveEvent } from '../../server/contract/event.ts'
import type { Message } from '../../server/contract/message.ts'

type Erasure = LiveEvent & { type: 'customer.erased' }

/** The conversation as nobody knows any more whose it was. */
export const emptyConversation = (held: Conversation, { seq, at, customer }: Erasure): Conversation => ({
  ...held,
  title: '',
  status: 'closed',
  channelId: null,
  answeredSeq: held.lastSeq,
  unreadCount: 0,
  rev: Math.max(held.rev, seq),
  customer,
  lastMessage: held.lastMessage && emptyMessage(held.lastMessage, at),
})

/** The message as a place where something was said. */
export const emptyMessage = (message: Message, at: string): Message => ({
  ...message,
  attachments: undefined,
  extras: undefined,
  content: '',
  clientId: null,
  feedbackComment: '',
  deletedAt: message.deletedAt ?? at,
  delivery: message.delivery && {
    state: message.delivery.state,
    attempts: message.delivery.attempts,
    error: null,
    nextAt: null,
  },
})
