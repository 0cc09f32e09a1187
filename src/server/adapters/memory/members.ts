import { DomainError } from '../../core/errors.ts'
import type { Members } from '../../core/ports/members.ts'
import type { MembershipRow } from './rows.ts'
import type { MemoryState } from './state.ts'

/** Who is what in a workspace, of one process. */
export function createMemoryMembers(state: MemoryState): Members {
  const find = ({ workspaceId, userId, from }: Parameters<Members['setRole']>[0] | Removal) =>
    state.memberships.find(
      (row) => row.workspaceId === workspaceId && row.userId === userId && row.role === from,
    )
  return {
    setRole: async (change) => {
      const row = find(change)
      if (!row) return false
      if (change.to !== 'owner') requireOtherOwner(state, row)
      row.role = change.to
      state.resetLinks.delete(row.userId)
      return true
    },
    removeMember: async (removal) => {
      const row = find(removal)
      if (!row) return false
      requireOtherOwner(state, row)
      remove(state, row)
      giveHome(state, row.userId, removal.home)
      return true
    },
    worksElsewhere: async (userId, workspaceId) =>
      state.memberships.some(
        (row) => row.userId === userId && row.workspaceId !== workspaceId && holdsSomething(state, row),
      ),
  }
}

type Removal = Parameters<Members['removeMember']>[0]

function requireOtherOwner(state: MemoryState, row: MembershipRow): void {
  const isOwner = (one: MembershipRow) => one.workspaceId === row.workspaceId && one.role === 'owner'
  if (row.role === 'owner' && !state.memberships.some((one) => one !== row && isOwner(one)))
    throw new DomainError('conflict', 'A workspace needs an owner: make somebody else one first')
}

function remove(state: MemoryState, row: MembershipRow): void {
  const { workspaceId, userId } = row
  state.memberships = state.memberships.filter((one) => one !== row)
  state.resetLinks.delete(userId)
  for (const conversation of state.conversations.values())
    if (conversation.workspaceId === workspaceId && conversation.assigneeId === userId)
      conversation.assigneeId = null
  for (const key of state.keys)
    if (key.workspaceId === workspaceId && key.userId === userId) key.isRevoked = true
}

function giveHome(state: MemoryState, userId: number, home: { name: string; epoch: string }): void {
  if (state.memberships.some((row) => row.userId === userId)) return
  const id = state.nextId()
  state.workspaces.set(id, { ...home, id, head: 0, floor: 0, bot: false, retentionDays: null, log: [] })
  state.memberships.push({ workspaceId: id, userId, role: 'owner', createdAt: state.now() })
}

function holdsSomething(state: MemoryState, { workspaceId, userId }: MembershipRow): boolean {
  const isHere = (row: { workspaceId: number }) => row.workspaceId === workspaceId
  const rows = [state.channels, state.customers, state.conversations].flatMap((map) => [...map.values()])
  return (
    rows.some(isHere) ||
    state.keys.some(isHere) ||
    state.memberships.some((row) => isHere(row) && row.userId !== userId)
  )
}
