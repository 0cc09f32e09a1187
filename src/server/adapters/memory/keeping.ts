import type { Keeping } from '../../core/ports/keeping.ts'
import { amend } from './amend.ts'
import { type MemoryState, requireRow } from './state.ts'

/** How long the workspaces of one process keep closed conversations. */
export function createMemoryKeeping(state: MemoryState): Keeping {
  const all = (workspaceId: number) =>
    [...state.conversations.values()].filter((row) => row.workspaceId === workspaceId)
  const past = (workspaceId: number, before: number) =>
    all(workspaceId)
      .filter(({ status, updatedAt }) => status === 'closed' && Date.parse(updatedAt) < before)
      .toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1))
  const lengthOf = (rows: { lastSeq: number }[]) => rows.reduce((sum, { lastSeq }) => sum + lastSeq, 0)
  return {
    days: async (workspaceId) => state.workspaces.get(workspaceId)?.retentionDays ?? null,
    setDays: async (workspaceId, days) => {
      requireRow(state.workspaces, workspaceId, 'workspace').retentionDays = days
    },
    limited: async () =>
      [...state.workspaces.values()].flatMap(({ id, retentionDays }) =>
        retentionDays === null ? [] : [{ workspaceId: id, days: retentionDays }],
      ),
    preview: async (workspaceId, before) => {
      const gone = past(workspaceId, before)
      const stays = all(workspaceId).filter((row) => !gone.includes(row))
      const people = new Set(gone.map(({ customerId }) => customerId))
      for (const { customerId } of stays) people.delete(customerId)
      return {
        conversations: gone.length,
        messages: lengthOf(gone),
        customers: people.size,
        ofConversations: gone.length + stays.length,
        oldest: gone[0]?.updatedAt ?? null,
        newest: gone.at(-1)?.updatedAt ?? null,
      }
    },
    expire: async (workspaceId, before, limit) => {
      const gone = past(workspaceId, before).slice(0, limit)
      const workspaceIds = [workspaceId]
      for (const { id } of gone) amend(state, { kind: 'delete', workspaceIds, conversationId: id })
      const people = [...new Set(gone.map(({ customerId }) => customerId))].filter(
        (customerId) => !all(workspaceId).some((row) => row.customerId === customerId),
      )
      for (const customerId of people) amend(state, { kind: 'delete_customer', workspaceIds, customerId })
      return { conversations: gone.length, messages: lengthOf(gone), customers: people.length }
    },
  }
}
