import type { ListConversations } from '../../contract/conversation.ts'
import type { Conversations } from '../../core/ports/conversations.ts'
import { byValue, isMatching, newestOf, occursIn, textsOf } from './matching.ts'
import type { ConversationRow } from './rows.ts'
import { type MemoryState, requireRow } from './state.ts'
import { toConversation } from './views.ts'

const isOpen = ({ status }: ConversationRow) => status !== 'closed'
const isUnread = (row: ConversationRow) => isOpen(row) && row.unreadCount > 0
const isClosed = (row: ConversationRow) => !isOpen(row)
const VIEWS = { open: isOpen, unread: isUnread, closed: isClosed, all: () => true }

const byActivity = byValue<ConversationRow>(({ updatedAt }) => updatedAt, true)

const COLUMNS = {
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  title: 'title',
  status: 'status',
  priority: 'priority',
} as const

/** The conversations of these workspaces that are shown, in no order. */
export const conversationsIn = (state: MemoryState, workspaceIds: number[]): ConversationRow[] =>
  [...state.conversations.values()].filter(
    ({ workspaceId, isHidden }) => !isHidden && workspaceIds.includes(workspaceId),
  )

/** Reading conversations. */
export function createMemoryConversations(state: MemoryState): Conversations {
  return {
    list: async (workspaceId, query) => {
      const found = conversationsIn(state, [workspaceId]).filter((row) => isListed(state, row, query))
      const rows = found.toSorted(byActivity).slice(0, query.limit)
      return { rows: rows.map((row) => toConversation(state, row)), hasMore: found.length > query.limit }
    },
    counts: async (workspaceId) => {
      const rows = conversationsIn(state, [workspaceId])
      const count = (is: (row: ConversationRow) => boolean) => rows.filter(is).length
      return { open: count(isOpen), unread: count(isUnread), closed: count(isClosed) }
    },
    find: async (workspaceIds, id) => {
      const row = state.conversations.get(id)
      if (!row || row.isHidden || !workspaceIds.includes(row.workspaceId)) return null
      return { ...toConversation(state, row), workspaceId: row.workspaceId }
    },
    page: async (workspaceIds, filter, { offset, limit }) => {
      const found = conversationsIn(state, workspaceIds).filter((row) => isMatching(state, row, filter))
      const order = byValue<ConversationRow>(
        (row) => row[COLUMNS[filter.order.by]],
        filter.order.isDescending,
      )
      const rows = found.toSorted(order).slice(offset, offset + limit)
      return {
        rows: rows.map((row) => toConversation(state, row)),
        total: found.length,
        asOf: newestOf(found),
      }
    },
    options: async (workspaceIds) => optionsOf(state, workspaceIds),
    idsOf: async (workspaceIds, status, limit) => {
      const found = conversationsIn(state, workspaceIds).filter((row) => row.status === status)
      return found
        .map(({ id }) => id)
        .toSorted()
        .slice(0, limit)
    },
  }
}

function isListed(state: MemoryState, row: ConversationRow, query: ListConversations): boolean {
  const { view, search, after } = query
  const isBelow = !after || byActivity({ ...row, ...after }, row) < 0
  return VIEWS[view](row) && isBelow && occursIn(textsOf(state, row), search || undefined)
}

const distinct = <T>(values: T[]): T[] => [...new Set(values)].toSorted()

function optionsOf(state: MemoryState, workspaceIds: number[]) {
  const rows = conversationsIn(state, workspaceIds)
  const customers = rows.map(({ customerId }) => requireRow(state.customers, customerId, 'customer'))
  return {
    statuses: distinct(rows.map(({ status }) => status)),
    sources: distinct(rows.map(({ source }) => source)),
    priorities: distinct(rows.map(({ priority }) => priority)),
    tags: distinct(customers.flatMap(({ tags }) => tags.map(({ name }) => name))),
  }
}
