import type { Customers } from '../../core/ports/customers.ts'
import { conversationsIn } from './conversations.ts'
import { byValue, isShown, newestOf } from './matching.ts'
import type { ConversationRow, CustomerRow } from './rows.ts'
import type { MemoryState } from './state.ts'
import { toConversation, toCustomer } from './views.ts'

const COLUMNS = { created_at: 'createdAt', updated_at: 'updatedAt', first_name: 'firstName' } as const

const toRecord = (row: CustomerRow) => ({ ...toCustomer(row), personaData: {}, data: { ...row.data } })

const toOwned = (row: CustomerRow) => ({ ...toRecord(row), workspaceId: row.workspaceId })

/** Reading customers. */
export function createMemoryCustomers(state: MemoryState): Customers {
  const customersIn = (workspaceIds: number[]) =>
    [...state.customers.values()].filter(({ workspaceId }) => workspaceIds.includes(workspaceId))
  return {
    page: async (workspaceIds, filter, { offset, limit }) => {
      const found = customersIn(workspaceIds).filter((row) => isShown(state, row, filter))
      const order = byValue<CustomerRow>((row) => row[COLUMNS[filter.order.by]], filter.order.isDescending)
      const rows = found.toSorted(order).slice(offset, offset + limit)
      return { rows: rows.map(toRecord), total: found.length, asOf: newestOf(found) }
    },
    options: async (workspaceIds) => {
      const rows = conversationsIn(state, workspaceIds)
      const people = customersIn(workspaceIds).filter(({ id }) =>
        rows.some(({ customerId }) => customerId === id),
      )
      const tags = customersIn(workspaceIds).flatMap((row) => row.tags.map(({ name }) => name))
      return {
        sources: [...new Set(people.map(({ source }) => source))].toSorted(),
        tags: [...new Set(tags)].toSorted(),
        conversationStatuses: [...new Set(rows.map(({ status }) => status))].toSorted(),
      }
    },
    findBySource: async (channelId, sourceId) =>
      [...state.customers.values()].find((row) => row.channelId === channelId && row.sourceId === sourceId)
        ?.id ?? null,
    find: async (workspaceIds, id) => {
      const row = state.customers.get(id)
      return row && workspaceIds.includes(row.workspaceId) ? toOwned(row) : null
    },
    conversationsOf: async (workspaceIds, customerIds, limit) => {
      const rows = conversationsIn(state, workspaceIds).toSorted(
        byValue<ConversationRow>(({ updatedAt }) => updatedAt, true),
      )
      const theirs = (id: number) => rows.filter(({ customerId }) => customerId === id).slice(0, limit)
      return new Map(customerIds.map((id) => [id, theirs(id).map((row) => toConversation(state, row))]))
    },
    batch: async (workspaceIds, { filter, ids }, { after, limit }) => {
      const found = customersIn(workspaceIds).filter(
        (row) => row.id > after && (ids?.includes(row.id) ?? true) && isShown(state, row, filter),
      )
      return found
        .toSorted((a, b) => a.id - b.id)
        .slice(0, limit)
        .map(toOwned)
    },
  }
}
