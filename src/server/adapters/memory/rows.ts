import type { ApiKey, Role } from '../../contract/account.ts'
import type { ConversationState, ConversationStatus } from '../../contract/conversation.ts'
import type { Customer, Source, Tag } from '../../contract/customer.ts'
import type { LiveEvent } from '../../contract/event.ts'
import type {
  DeliveryAttempt,
  DeliveryOp,
  DeliveryState,
  Message,
  NextStep,
  PastText,
} from '../../contract/message.ts'
import type { Hold } from '../../contract/spam.ts'
import type { SessionRow } from '../../core/ports/accounts.ts'
import type { NewAttachment, StoredAttachment } from '../../core/ports/attachments.ts'
import type { ConnectionNote } from '../../core/ports/connections.ts'
import type { MessageDraft } from '../../core/ports/journal.ts'
import type { SecurityNote } from '../../core/ports/security.ts'

export interface LoggedEvent {
  seq: number
  at: string
  type: LiveEvent['type']
  conversationId: string | null
  messageId: string | null
  data: {
    result?: Record<string, unknown>
    user?: number
    upTo?: number
    from?: ConversationStatus
    to?: ConversationStatus
    customer?: number
    conversations?: string[]
    op?: 'edit' | 'delete' | 'react'
    state?: DeliveryState
  }
}

export interface WorkspaceRow {
  id: number
  name: string
  epoch: string
  head: number
  /** Events up to this seq are gone. */
  floor: number
  /** True where people want the bot to answer. */
  bot: boolean
  /** Null: for ever. */
  retentionDays: number | null
  log: LoggedEvent[]
}

export interface TagRow extends Tag {
  workspaceId: number
}

export interface CustomerRow extends Omit<Customer, 'tags'> {
  tags: TagRow[]
  workspaceId: number
  channelId: number
  data: Record<string, unknown>
  isTrusted: boolean
  erasureEndedAt?: string
}

export interface MessageRow extends Omit<Message, 'author' | 'delivery'> {
  workspaceId: number
  channelId: number | null
  sender: string
  authorId: number | null
  providerId: string | null
  ai: NonNullable<MessageDraft['ai']>
  /** Why it was held, if it ever was; `isHeld` until it is released. */
  hold: Hold | null
  isHeld: boolean
  replyToId: string | null
  /** The texts before, the oldest first. */
  edits: PastText[]
  /** When the platform says that the newest edit and the newest reaction happened. */
  order: { edit?: number; react?: number }
  deliveries: DeliveryRow[]
}

export type HeldRow = MessageRow & { hold: Hold }

export interface ConversationRow extends ConversationState {
  workspaceId: number
  /** True while all of it is held. */
  isHidden: boolean
  /** Messages by seq, the first at 0, held ones too. */
  thread: MessageRow[]
}

export interface DeliveryRow {
  id: number
  workspaceId: number
  channelId: number | null
  customerId: number
  conversationId: string
  messageId: string
  op: DeliveryOp
  /** What a later change of the message needs. */
  body: Record<string, unknown> | null
  state: DeliveryState
  next: NextStep | null
  tried: number
  triedSince: string | null
  nextAt: number
  leaseTill: number | null
  error: string | null
  result?: Record<string, unknown>
  createdAt: string
  attempts: DeliveryAttempt[]
}

export interface AttachmentRow extends StoredAttachment, Pick<NewAttachment, 'source'> {
  sha256: string | null
  attempts: number
  nextAt: number
  createdAt: number
}

export interface RemovalRow {
  id: string
  key: string
  createdAt: number
  isRemoved: boolean
}

export interface InboxRow {
  id: number
  workspaceId: number
  channelId: number
  source: Source
  key: string
  raw: string
  sourceId: string | null
  receivedAt: number
  leaseTill: number | null
  outcome: string | null
  /** Where it waits for a message. */
  parked?: { providerId: string; till: number }
}

export interface MembershipRow {
  workspaceId: number
  userId: number
  role: Role
  createdAt: number
}

export interface KeyRow extends ApiKey {
  workspaceId: number
  userId: number
  hash: string
  isRevoked: boolean
}

export interface SecondFactorRow {
  secret: string
  isConfirmed: boolean
  lastStep: number
  /** Digests of the recovery codes that are left. */
  recovery: Set<string>
}

export interface ConnectionRow extends ConnectionNote {
  nodeId: string
  isEnding: boolean
}

export interface InvitationRow {
  id: number
  workspaceId: number
  email: string
  role: Role
  tokenHash: string
  expiresAt: number
  isAccepted: boolean
}

/** A security event; `at` is when it was noted. */
export interface NotedRow extends SecurityNote {
  id: number
  at: number
  count: number
}

export interface StoredSession extends SessionRow {
  isRevoked: boolean
  createdAt: number
  lastSeenAt: number
}
