import { DomainError } from '../../core/errors.ts'
import type { ConversationRow, MemoryState } from './state.ts'

export const notFound = () => new DomainError('not_found', 'Conversation not found')

/** The conversation where it is in one of the workspaces. */
export function requireOwned(state: MemoryState, workspaceIds: number[], id: string): ConversationRow {
  const conversation = state.conversations.get(id)
  if (!conversation || !workspaceIds.includes(conversation.workspaceId)) throw notFound()
  return conversation
}
