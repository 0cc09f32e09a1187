import { amended } from './amend.ts'
import type { MessageRow } from './rows.ts'
import type { MemoryState } from './state.ts'

/** Whether a message went under Instagram's tag for people is known when it went, not when it was written. */
export function markHumanAgent(state: MemoryState, message: MessageRow, isTagged: boolean): void {
  const { isHumanAgent = false, ...extras } = message.extras ?? {}
  if (isHumanAgent === isTagged || message.deletedAt !== null) return
  if (isTagged) message.extras = { ...extras, isHumanAgent: true }
  else if (Object.keys(extras).length > 0) message.extras = extras
  else delete message.extras
  const { workspaceId, conversationId, id: messageId } = message
  amended(state, workspaceId, { type: 'message.changed', conversationId, messageId })
}
