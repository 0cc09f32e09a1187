import { DomainError } from '../../core/errors.ts'
import { forgetConversation } from './amend.ts'
import type { MemoryState } from './state.ts'

/** Deletes a person with what is theirs, and the workspaces that nobody else is in. */
export function removeUser(state: MemoryState, userId: number) {
  const isTheirs = (row: { userId: number }) => row.userId === userId
  const owned = state.memberships.filter((row) => isTheirs(row) && row.role === 'owner')
  const othersIn = (workspaceId: number) =>
    state.memberships.filter((row) => row.workspaceId === workspaceId && !isTheirs(row))
  const isLeftAlone = (workspaceId: number) => {
    const others = othersIn(workspaceId)
    return others.length > 0 && !others.some(({ role }) => role === 'owner')
  }
  if (owned.some(({ workspaceId }) => isLeftAlone(workspaceId)))
    throw new DomainError('conflict', 'Others work in your workspace: make one of them its owner first')
  const alone = owned.map(({ workspaceId }) => workspaceId).filter((id) => othersIn(id).length === 0)
  const sessions = [...state.sessions.values()].filter(isTheirs)
  for (const id of alone) forgetWorkspace(state, id)
  for (const { id } of sessions) state.sessions.delete(id)
  for (const [jti, pair] of state.tokens) if (isTheirs(pair)) state.tokens.delete(jti)
  for (const message of state.messages.values()) if (message.authorId === userId) message.authorId = null
  state.memberships = state.memberships.filter((row) => !isTheirs(row))
  state.keys = state.keys.filter((row) => !isTheirs(row))
  state.secondFactors.delete(userId)
  state.resetLinks.delete(userId)
  state.users.delete(userId)
  return { workspaceIds: alone, sessionIds: sessions.filter((row) => !row.isRevoked).map(({ id }) => id) }
}

function forgetWorkspace(state: MemoryState, id: number): void {
  const isElsewhere = (row: { workspaceId: number }) => row.workspaceId !== id
  for (const conversation of [...state.conversations.values()])
    if (!isElsewhere(conversation)) forgetConversation(state, conversation.id)
  for (const rows of [state.customers, state.channels])
    for (const [key, row] of rows) if (!isElsewhere(row)) rows.delete(key)
  state.memberships = state.memberships.filter(isElsewhere)
  state.invitations = state.invitations.filter(isElsewhere)
  state.keys = state.keys.filter(isElsewhere)
  state.tags = state.tags.filter(isElsewhere)
  state.inbox = state.inbox.filter(isElsewhere)
  state.workspaces.delete(id)
}
