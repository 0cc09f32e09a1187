import type { Attachment } from '../../contract/attachment.ts'
import type { ConversationState, ConversationStatus } from '../../contract/conversation.ts'
import type { Source } from '../../contract/customer.ts'
import type { LiveEvent } from '../../contract/event.ts'
import type {
  Feedback,
  Message,
  MessageExtras,
  MessageKind,
  MessageType,
  Reaction,
} from '../../contract/message.ts'
import type { Hold } from '../../contract/spam.ts'

export interface MessageDraft {
  kind: 'message'
  /** The conversation must be in one of these workspaces. */
  workspaceIds: number[]
  conversationId: string
  id: string
  type: MessageType
  content: string
  contentKind: MessageKind
  /** "user:1", "customer:7": the scope of `clientId`. */
  sender: string
  author: { userId: number; name: string } | null
  clientId: string | null
  providerId: string | null
  /** True where the platform is to be told. */
  deliver: boolean
  extras?: MessageExtras
  attachments?: Attachment[]
  /** What it answers, where that is one of the conversation's messages. */
  replyToId?: string
  /** Set where the message is stored as spam: it takes its seq, and nobody sees it until it is released. */
  hold?: Hold
  /** What a bot says of its answer. */
  ai?: { metadata: Record<string, unknown>; inputTokens: number; outputTokens: number }
}

export interface OpenDraft {
  kind: 'open'
  workspaceId: number
  channelId: number
  source: Source
  sourceId: string
  conversationId: string
  firstName: string | null
  lastName: string | null
  username: string | null
  /** A conversation that is made for this stays hidden, and no event tells of it, until something in it is shown. */
  isHidden?: boolean
}

export interface OutcomeDraft {
  kind: 'outcome'
  workspaceId: number
  conversationId: string
  deliveryId: string
  attempt: number
  /** `ambiguous` leaves the attempt open: `delayMs` is how long it waits for an echo. */
  outcome: 'sent' | 'retry' | 'failed' | 'unconfirmed' | 'stopped' | 'ambiguous' | 'cancelled'
  error: string | null
  code?: string | undefined
  retryAfterMs?: number | undefined
  /** Why a retry waits. */
  next?: 'retry' | 'asked' | undefined
  /** Why nothing reaches this customer any more. */
  unreachable?: string | undefined
  /** Of what was sent: whether it went under the platform's tag for people. */
  isHumanAgent?: boolean | undefined
  /** The legacy result object; never holds a secret. */
  result: Record<string, unknown>
  providerId: string | null
  delayMs: number
}

interface OfMessage {
  workspaceIds: number[]
  conversationId: string
  messageId: string
}

/** Later changes of a message; one that was taken back changes no more. `deliver`: the platform is to be told, where it has it. */
export type MessageChangeDraft =
  /** Keeps the text before. The same text again is no change. Of those with `at`, one that is older than the newest changes nothing. */
  | (OfMessage & { kind: 'edit'; content: string; deliver: boolean; at: string | null })
  /** Empties it for good, and wherever later messages quote it; what was still to be handed over is not. */
  | (OfMessage & { kind: 'unsend'; deliver: boolean })
  /** Replaces what one side has on it, at most MAX_REACTIONS / 2. */
  | (OfMessage & {
      kind: 'react'
      by: Reaction['by']
      emojis: string[]
      deliver: boolean
      at: string | null
    })

/**
 * The platform told of a message of our own side. Where one that was handed over lately, with the same text, still waits for
 * its answer, this is its answer: the delivery is sent. `event` is null where there is none, or it is known already.
 */
export interface EchoDraft {
  kind: 'echo'
  workspaceIds: number[]
  conversationId: string
  providerId: string
  content: string
  hasFile: boolean
}

export type ChangeDraft =
  | OpenDraft
  | OutcomeDraft
  | MessageChangeDraft
  | EchoDraft
  | { kind: 'retry'; workspaceIds: number[]; conversationId: string; messageId: string }
  | {
      kind: 'read'
      workspaceIds: number[]
      conversationId: string
      userId: number
      upTo: number | null
      always: boolean
    }
  | {
      /** The customer has seen everything up to that seq. */
      kind: 'seen'
      workspaceIds: number[]
      conversationId: string
      upTo: number
    }
  | {
      kind: 'status'
      workspaceIds: number[]
      conversationId: string
      userId: number
      status: ConversationStatus
    }
  | {
      /** Shows a held message, or deletes it for good; one that is settled already stays as it is. */
      kind: 'release' | 'discard'
      workspaceIds: number[]
      conversationId: string
      messageId: string
      userId: number
    }

/** What of a customer a person may change; what is not named stays. */
export interface CustomerFields {
  first_name?: string | null
  last_name?: string | null
  username?: string | null
  email?: string | null
  phone_number?: string | null
  description?: string | null
  profile_picture?: string | null
  data?: Record<string, unknown>
}

/** Changes whose object is not a conversation's state, or is gone afterwards. */
export type AmendDraft =
  | { kind: 'delete'; workspaceIds: number[]; conversationId: string }
  | {
      kind: 'feedback'
      workspaceIds: number[]
      conversationId: string
      messageId: string
      feedback: Feedback
      comment: string
    }
  | {
      kind: 'customer'
      workspaceIds: number[]
      customerId: number
      fields: CustomerFields
      /** Replaces the customer's tags; null leaves them. */
      tagIds: number[] | null
    }
  | { kind: 'delete_customer'; workspaceIds: number[]; customerId: number }
  /** Why nothing reaches the customer, or that something does again. */
  | { kind: 'reach'; workspaceIds: number[]; customerId: number; reason: string | null }

/** What an append did. `event` is null where nothing changed. */
export interface Appended {
  workspaceId: number
  conversation: ConversationState
  event: LiveEvent | null
}

export interface AppendedMessage extends Appended {
  message: Message
  /** True where `clientId` or the platform's id was stored before: `message` is that one. */
  repeated: boolean
}

export interface LogPage {
  epoch: string
  head: number
  floor: number
  /** The last seq that was looked at: events of what is gone since are not among `events`. */
  through: number
  events: LiveEvent[]
}

/** The workspaces' event logs. Every change is appended here, in groups; each call fails alone. */
export interface Journal {
  /** Throws not_found where the conversation is in none of the workspaces. */
  appendMessage(draft: MessageDraft): Promise<AppendedMessage>
  append(draft: ChangeDraft): Promise<Appended & { customerId: number | null }>
  /** Throws not_found where the object is in none of the workspaces, or (feedback) is no AI message. */
  amend(draft: AmendDraft): Promise<{ workspaceId: number; event: LiveEvent | null }>
  /** Events after `after` in ascending seq, at most `limit`. */
  read(workspaceId: number, after: number, limit: number): Promise<LogPage>
  heads(workspaceIds: number[]): Promise<Map<number, number>>
  position(workspaceId: number): Promise<{ epoch: string; head: number }>
}
