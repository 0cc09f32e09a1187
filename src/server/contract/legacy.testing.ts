import type { Conversation } from './conversation.ts'
import type { Customer } from './customer.ts'
import type { Message } from './message.ts'

const AT = '2026-03-01T08:00:00.000Z'

export const john: Customer = {
  id: 7,
  firstName: 'John',
  lastName: null,
  username: 'john',
  email: null,
  phoneNumber: null,
  description: null,
  bio: null,
  source: 'telegram',
  sourceId: '42',
  profilePicture: null,
  createdAt: AT,
  updatedAt: AT,
  tags: [{ id: 1, name: 'Telegram' }],
}

export const messageOf = (given: Partial<Message> = {}): Message => ({
  id: 'm1',
  conversationId: 'C1',
  seq: 1,
  type: 'support',
  kind: 'text',
  content: 'سلام 👋 <b>',
  clientId: null,
  author: null,
  createdAt: AT,
  editedAt: null,
  deletedAt: null,
  feedback: 'none',
  feedbackComment: '',
  feedbackAt: null,
  delivery: null,
  ...given,
})

export const conversationOf = (given: Partial<Conversation> = {}): Conversation => ({
  id: 'C1',
  customerId: john.id,
  channelId: 3,
  source: 'telegram',
  title: 'telegram - John (@john) | telegram',
  status: 'support_active',
  priority: 1,
  isActive: true,
  assigneeId: null,
  lastSeq: 0,
  answeredSeq: 0,
  seenSeq: 0,
  unreadCount: 0,
  rev: 1,
  createdAt: AT,
  updatedAt: AT,
  customer: john,
  lastMessage: null,
  ...given,
})
