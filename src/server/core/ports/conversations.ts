import type { Conversation, ConversationStatus, ListConversations } from '../../contract/conversation.ts'
import type { Source } from '../../contract/customer.ts'
import type { ConversationFilter } from '../../contract/filters.ts'

export interface Conversations {
  list(workspaceId: number, query: ListConversations): Promise<{ rows: Conversation[]; hasMore: boolean }>
  counts(workspaceId: number): Promise<{ open: number; unread: number; closed: number }>
  find(workspaceIds: number[], id: string): Promise<(Conversation & { workspaceId: number }) | null>
  /** These workspaces' conversations by page: the legacy list. */
  page(workspaceIds: number[], filter: ConversationFilter, page: Page): Promise<Paged<Conversation>>
  /** The values that occur in these workspaces' conversations. */
  options(workspaceIds: number[]): Promise<ConversationOptions>
  /** The ids of those of a status, at most `limit`. */
  idsOf(workspaceIds: number[], status: ConversationStatus, limit: number): Promise<string[]>
}

export interface Page {
  offset: number
  limit: number
}

/** One page of all that match, read at one moment; `asOf` is when the newest of them was created, null without any. */
export interface Paged<T> {
  rows: T[]
  total: number
  asOf: string | null
}

export interface ConversationOptions {
  statuses: ConversationStatus[]
  sources: Source[]
  priorities: number[]
  tags: string[]
}
