import type { Conversation, ConversationStatus } from '../../contract/conversation.ts'
import type { Customer, Source, Tag } from '../../contract/customer.ts'
import type { CustomerFilter } from '../../contract/filters.ts'
import type { Page, Paged } from './conversations.ts'

/** A customer with what only REST shows. */
export type CustomerRecord = Customer & {
  personaData: Record<string, unknown>
  data: Record<string, unknown>
}

/** A customer with the workspace that theirs is. */
export type OwnedCustomer = CustomerRecord & { workspaceId: number }

export interface CustomerOptions {
  sources: Source[]
  tags: string[]
  conversationStatuses: ConversationStatus[]
}

/** Customers. Lists and exports show those with at least one conversation in the workspaces. */
export interface Customers {
  page(workspaceIds: number[], filter: CustomerFilter, page: Page): Promise<Paged<CustomerRecord>>
  options(workspaceIds: number[]): Promise<CustomerOptions>
  find(workspaceIds: number[], id: number): Promise<OwnedCustomer | null>
  /** Whom that channel's platform calls so; null where it is nobody we know. */
  findBySource(channelId: number, sourceId: string): Promise<number | null>
  /** The conversations of these customers, newest activity first, at most `limit` of each. */
  conversationsOf(
    workspaceIds: number[],
    customerIds: number[],
    limit: number,
  ): Promise<Map<number, Conversation[]>>
  /** Those with an id above `after`, by id, of these customers (null: of all that match). */
  batch(
    workspaceIds: number[],
    which: { filter: CustomerFilter; ids: number[] | null },
    cursor: { after: number; limit: number },
  ): Promise<OwnedCustomer[]>
}

export interface Tags {
  list(workspaceIds: number[]): Promise<Tag[]>
  /** Those that exist already are answered as they are. */
  create(workspaceId: number, names: string[]): Promise<Tag[]>
  rename(workspaceIds: number[], id: number, name: string): Promise<Tag | null>
  /** How many there were. */
  remove(workspaceIds: number[], ids: number[]): Promise<number>
}
