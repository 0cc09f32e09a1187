import type { Journal } from '../../core/ports/journal.ts'
import { amend } from './amend.ts'
import { changeStatus, endAttempt, markRead, markSeen, retryDelivery, settleHeld } from './append-change.ts'
import { appendMessage } from './append-message.ts'
import { changeMessage } from './change-message.ts'
import { hearEcho } from './hear-echo.ts'
import { openConversation } from './open-conversation.ts'
import { notFound } from './owned.ts'
import type { MemoryState } from './state.ts'
import { toLiveEvent } from './views.ts'

/** The event log of one process. */
export function createMemoryJournal(state: MemoryState): Journal {
  const requireWorkspace = (id: number) => {
    const workspace = state.workspaces.get(id)
    if (!workspace) throw notFound()
    return workspace
  }
  return {
    appendMessage: async (draft) => appendMessage(state, draft),
    append: async (draft) => {
      if (draft.kind === 'open') return openConversation(state, draft)
      if (draft.kind === 'outcome') return endAttempt(state, draft)
      if (draft.kind === 'retry') return retryDelivery(state, draft)
      if (draft.kind === 'read') return markRead(state, draft)
      if (draft.kind === 'status') return changeStatus(state, draft)
      if (draft.kind === 'seen') return markSeen(state, draft)
      if (draft.kind === 'echo') return hearEcho(state, draft)
      const isOfMessage = draft.kind === 'edit' || draft.kind === 'unsend' || draft.kind === 'react'
      return isOfMessage ? changeMessage(state, draft) : settleHeld(state, draft)
    },
    amend: async (draft) => amend(state, draft),
    read: async (workspaceId, after, limit) => {
      const { epoch, head, floor, log } = requireWorkspace(workspaceId)
      const start = Math.max(0, after + 1 - (log[0]?.seq ?? 1))
      const page = log.slice(start, start + limit)
      const through = page.length < limit ? head : (page.at(-1)?.seq ?? head)
      return { epoch, head, floor, through, events: page.flatMap((event) => toLiveEvent(state, event) ?? []) }
    },
    heads: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const workspace = state.workspaces.get(id)
          return workspace ? [[id, workspace.head] as const] : []
        }),
      ),
    position: async (workspaceId) => {
      const { epoch, head } = requireWorkspace(workspaceId)
      return { epoch, head }
    },
  }
}
