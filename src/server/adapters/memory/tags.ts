import type { Tag } from '../../contract/customer.ts'
import { DomainError } from '../../core/errors.ts'
import type { Tags } from '../../core/ports/customers.ts'
import type { TagRow } from './rows.ts'
import { type MemoryState, tagOf } from './state.ts'

const toTag = ({ id, name }: TagRow): Tag => ({ id, name })

/** The tags of workspaces. */
export function createMemoryTags(state: MemoryState): Tags {
  const tagsIn = (workspaceIds: number[]) =>
    state.tags.filter(({ workspaceId }) => workspaceIds.includes(workspaceId))
  return {
    list: async (workspaceIds) => {
      const byName = (a: TagRow, b: TagRow) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id)
      return tagsIn(workspaceIds).toSorted(byName).map(toTag)
    },
    create: async (workspaceId, names) => {
      const rows = new Set(names.map((name) => tagOf(state, workspaceId, name)))
      return [...rows].toSorted((a, b) => a.id - b.id).map(toTag)
    },
    rename: async (workspaceIds, id, name) => {
      const row = tagsIn(workspaceIds).find((tag) => tag.id === id)
      if (!row) return null
      const isTaken = tagsIn([row.workspaceId]).some((tag) => tag.name === name && tag.id !== id)
      if (isTaken) throw new DomainError('conflict', 'A tag with this name exists')
      row.name = name
      return toTag(row)
    },
    remove: async (workspaceIds, ids) => {
      const gone = tagsIn(workspaceIds).filter(({ id }) => ids.includes(id))
      state.tags = state.tags.filter((tag) => !gone.includes(tag))
      for (const customer of state.customers.values())
        customer.tags = customer.tags.filter((tag) => !gone.includes(tag))
      return gone.length
    },
  }
}
