import { DomainError } from '../../core/errors.ts'
import type { ConversationRow } from './rows.ts'
import type { MemoryState } from './state.ts'

export const notFound = () => new DomainError('not_found', 'Conversation not found')

export const erased = () => new DomainError('conflict', 'This customer was erased')

/** True where nothing is written any more. */
export const isErased = (state: MemoryState, id: string): boolean =>
  state.customers.get(state.conversations.get(id)?.customerId ?? 0)?.erasedAt !== undefined

/** The conversation where it is in one of the workspaces. */
export function requireOwned(state: MemoryState, workspaceIds: number[], id: string): ConversationRow {
  const conversation = state.conversations.get(id)
  if (!conversation || !workspaceIds.includes(conversation.workspaceId)) throw notFound()
  return conversation
}
