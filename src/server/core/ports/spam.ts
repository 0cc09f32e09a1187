import type { HeldMessage, ListSpam } from '../../contract/spam.ts'

/** What is known of a customer when they write. */
export interface CustomerHistory {
  /** Somebody said of a message of theirs that it is no spam. */
  isTrusted: boolean
  /** A message of theirs was shown before. */
  isKnown: boolean
  /** Their last messages, held ones too, oldest first. */
  recent: { text: string; at: number }[]
}

/** A customer who is in the middle of a conversation, when they write again. */
export interface KnownSender extends CustomerHistory {
  customerId: number
  conversationId: string
  /** What of their name is not known yet. */
  lacks: ('firstName' | 'lastName' | 'username')[]
}

/** Whom a platform means. */
export interface SenderKey {
  workspaceId: number
  channelId: number
  sourceId: string
}

/** Messages that are held. */
export interface Spam {
  history(customerId: number, limit: number): Promise<CustomerHistory>
  /** Null unless a conversation with them is open and shown, and they can be reached: opening one sees to that. */
  sender(key: SenderKey, limit: number): Promise<KnownSender | null>
  list(workspaceId: number, query: ListSpam): Promise<{ rows: HeldMessage[]; hasMore: boolean }>
  count(workspaceId: number): Promise<number>
  /** Those of these messages that are or were held here. */
  find(workspaceId: number, messageIds: string[]): Promise<FoundHold[]>
  /** The seqs in one conversation at which messages are held, ascending. */
  places(conversationId: string, limit: number): Promise<number[]>
}

export interface FoundHold {
  messageId: string
  conversationId: string
  score: number
  /** The reasons' codes. */
  codes: string[]
}
