import type { Conversation } from '../../server/contract/conversation.ts'
import type { LiveEvent } from '../../server/contract/event.ts'
import type { Delivery, Message } from '../../server/contract/message.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 7, 0, seconds)).toISOString()

export const delivery = (state: Delivery['state'], error: string | null = null): Delivery => ({
  state,
  attempts: state === 'queued' ? 0 : 1,
  error,
  nextAt: null,
})

/** A message of Maryam, or of an agent where `author` is given. */
export const message = (seq: number, change: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  conversationId: 'maryam',
  seq,
  type: 'customer',
  kind: 'text',
  content: `پیام ${seq}`,
  clientId: null,
  author: null,
  createdAt: at(seq),
  editedAt: null,
  deletedAt: null,
  feedback: 'none',
  feedbackComment: '',
  feedbackAt: null,
  delivery: null,
  ...change,
})

export const ownMessage = (seq: number, change: Partial<Message> = {}): Message =>
  message(seq, {
    type: 'support',
    author: { userId: 1, name: 'سارا' },
    delivery: delivery('queued'),
    ...change,
  })

export const conversation = (id: string, change: Partial<Conversation> = {}): Conversation => ({
  id,
  customerId: 7,
  channelId: 1,
  source: 'telegram',
  title: id,
  status: 'support_active',
  priority: 1,
  isActive: true,
  assigneeId: null,
  lastSeq: 0,
  answeredSeq: 0,
  seenSeq: 0,
  unreadCount: 0,
  rev: 1,
  createdAt: at(0),
  updatedAt: at(0),
  lastMessage: null,
  ...change,
  customer: {
    id: 7,
    firstName: id,
    lastName: null,
    username: null,
    email: null,
    phoneNumber: null,
    description: null,
    bio: null,
    source: 'telegram',
    sourceId: '7',
    profilePicture: null,
    createdAt: at(0),
    updatedAt: at(0),
    tags: [],
    ...change.customer,
  },
})

/** The event of a message's arrival, with the state it leaves its conversation in. */
export const sent = (
  sentMessage: Message,
  change: Partial<Conversation> = {},
): LiveEvent & { type: 'message.sent' } => ({
  type: 'message.sent',
  seq: change.rev ?? sentMessage.seq + 1,
  at: sentMessage.createdAt,
  message: sentMessage,
  conversation: stateOf(
    conversation(sentMessage.conversationId, {
      lastSeq: sentMessage.seq,
      rev: sentMessage.seq + 1,
      updatedAt: sentMessage.createdAt,
      ...change,
    }),
  ),
})

export const attempted = (of: Message, next: Delivery): LiveEvent & { type: 'delivery.attempted' } => ({
  type: 'delivery.attempted',
  seq: 100,
  at: at(50),
  conversationId: of.conversationId,
  messageId: of.id,
  messageSeq: of.seq,
  delivery: next,
  result: {},
})

export const stateOf = ({ customer: _customer, lastMessage: _lastMessage, ...state }: Conversation) => state

export const second = at
