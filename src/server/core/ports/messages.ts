import type { Conversation } from '../../contract/conversation.ts'
import type { MessageFilter } from '../../contract/filters.ts'
import type { Message, PastText } from '../../contract/message.ts'
import type { Page, Paged } from './conversations.ts'

/** A message with what only REST shows. */
export type MessageRecord = Message & {
  metadata: Record<string, unknown>
  inputTokens: number
  outputTokens: number
  conversation: Conversation
}

export interface Messages {
  /** Ascending; the newest `limit` below `before`, or the first `limit` above `after`. */
  page(conversationId: string, query: { before?: number; after?: number; limit: number }): Promise<Message[]>
  /** A page of a thread counted from its newest message up to `upTo` (null: now), ascending; and how many there are. */
  slice(
    conversationId: string,
    page: Page & { upTo: number | null },
  ): Promise<{ messages: Message[]; count: number; upTo: number }>
  find(workspaceIds: number[], id: string): Promise<Message | null>
  /** When the customer last said something, held or taken back since or not; null where they never did. */
  lastCustomerAt(conversationId: string): Promise<string | null>
  /** Whether the sender gave a message of the conversation that name. */
  isStored(conversationId: string, sender: string, clientId: string): Promise<boolean>
  /** What the platform calls so on that channel, held ones too. */
  findByProviderId(
    channelId: number,
    providerId: string,
  ): Promise<{ message: Message; isHeld: boolean } | null>
  /** The texts that a message had before, the oldest first, each with when it was replaced. */
  edits(id: string): Promise<PastText[]>
  search(workspaceIds: number[], filter: MessageFilter, page: Page): Promise<Paged<MessageRecord>>
}
