import type { Attachment } from '../../contract/attachment.ts'
import type { LiveEvent } from '../../contract/event.ts'

/** A file as it is kept; its bytes lie in Files under its id. */
export interface StoredAttachment extends Attachment {
  workspaceId: number
  conversationId: string
  /** Null until it is sent. */
  messageId: string | null
  /** Whose it is until then: "user:1", "key:3", "customer:7". */
  uploader: string
}

export interface NewAttachment
  extends Pick<Attachment, 'id' | 'kind' | 'name' | 'mime' | 'size' | 'width' | 'height' | 'durationMs'> {
  workspaceId: number
  conversationId: string
  uploader: string
  /** How its platform's adapter finds it; null where it is uploaded. Never a secret, nor an address that holds one. */
  source: Record<string, string> | null
}

/** What became of a file. */
export type Settlement =
  | ({ state: 'ready'; sha256: string } & Pick<
      Attachment,
      'kind' | 'name' | 'mime' | 'size' | 'width' | 'height' | 'hasThumb'
    >)
  | { state: 'failed'; reason: string }

/** A file that is to be copied from its platform. */
export interface ClaimedCopy extends StoredAttachment {
  channelId: number
  source: Record<string, string>
  /** From 1. */
  attempt: number
}

/** The key of a file to be removed; `isLast` where nobody can be writing it any more. */
export interface Removal {
  id: string
  key: string
  isLast: boolean
}

/**
 * Files of messages. A message that is stored with attachments takes them in the same transaction: all must be its
 * sender's, of its conversation and unsent, or it is refused (conflict). However a row goes, its file's removal is noted
 * in the same transaction.
 */
export interface Attachments {
  /** Notes a file that is on its way. Throws conflict where the customer was erased, not_found without the conversation. */
  add(attachment: NewAttachment): Promise<void>
  find(id: string): Promise<StoredAttachment | null>
  /** Those of the ids that are of these workspaces. */
  list(workspaceIds: number[], ids: string[]): Promise<StoredAttachment[]>
  /** How many of somebody's wait to be sent. */
  countUnsent(workspaceId: number, uploader: string): Promise<number>
  /** Ends its way, and forgets where it came from. Where it is a message's already, the message changes with it. Null where it is gone or was settled. */
  settle(id: string, to: Settlement): Promise<{ workspaceId: number; event: LiveEvent | null } | null>
  /** Removes one of somebody's that was not sent; false where there is none. */
  discard(workspaceId: number, uploader: string, id: string): Promise<boolean>
  /** Removes what was uploaded before `before` and never sent; at most `limit`. */
  expireUnsent(before: number, limit: number): Promise<number>
  /** Files of messages that are due to be copied; whoever claims them has `leaseMs`. */
  claimCopies(limit: number, leaseMs: number): Promise<ClaimedCopy[]>
  /** Gives a claimed one back, to be tried after `delayMs`. */
  postponeCopy(id: string, delayMs: number): Promise<void>
  /** Files whose rows are gone: each once at once, and once more when it went before `lastBefore`. */
  removals(lastBefore: number, limit: number): Promise<Removal[]>
  endRemoval(removal: Removal): Promise<void>
}
