import type { MessageFilter } from '../../contract/filters.ts'
import type { MessageRecord, Messages } from '../../core/ports/messages.ts'
import { clientKey, providerKey } from './append-message.ts'
import { lastCustomerAt } from './last-customer-at.ts'
import { isAt, isUntil, newestOf, occursIn } from './matching.ts'
import type { MessageRow } from './rows.ts'
import { type MemoryState, requireRow } from './state.ts'
import { isShown, toConversation, toMessage } from './views.ts'

/** Reading messages in the order of their seq. */
export function createMemoryMessages(state: MemoryState): Messages {
  return {
    page: async (conversationId, { before, after, limit }) => {
      const thread = state.conversations.get(conversationId)?.thread ?? []
      const within = thread
        .slice(after ?? 0, before === undefined ? undefined : Math.max(0, before - 1))
        .filter(isShown)
      const start = after === undefined ? Math.max(0, within.length - limit) : 0
      return within.slice(start, start + limit).map((row) => toMessage(state, row))
    },
    slice: async (conversationId, { upTo, offset, limit }) => {
      const thread = state.conversations.get(conversationId)?.thread ?? []
      const within = thread.slice(0, upTo ?? undefined).filter(isShown)
      const end = Math.max(0, within.length - offset)
      const rows = within.slice(Math.max(0, end - limit), end)
      const messages = rows.map((row) => toMessage(state, row))
      return { messages, count: within.length, upTo: within.at(-1)?.seq ?? 0 }
    },
    find: async (workspaceIds, id) => {
      const row = state.messages.get(id)
      return row && !row.isHeld && workspaceIds.includes(row.workspaceId) ? toMessage(state, row) : null
    },
    lastCustomerAt: async (conversationId) =>
      lastCustomerAt(state.conversations.get(conversationId)?.thread ?? []),
    isStored: async (conversationId, sender, clientId) =>
      state.messageKeys.has(clientKey(conversationId, sender, clientId)),
    findByProviderId: async (channelId, providerId) => {
      const row = state.messageKeys.get(providerKey(channelId, providerId))
      return row ? { message: toMessage(state, row), isHeld: row.isHeld } : null
    },
    edits: async (id) => [...(state.messages.get(id)?.edits ?? [])],
    search: async (workspaceIds, filter, { offset, limit }) => {
      const found = [...state.messages.values()].filter(
        (row) => workspaceIds.includes(row.workspaceId) && isShown(row) && isFound(state, row, filter),
      )
      const rows = found.toSorted((a, b) => compare(a, b) * (filter.isDescending ? -1 : 1))
      return {
        rows: rows.slice(offset, offset + limit).map((row) => toRecord(state, row)),
        total: found.length,
        asOf: newestOf(found),
      }
    },
  }
}

function isFound(state: MemoryState, row: MessageRow, filter: MessageFilter): boolean {
  const { answeredSeq } = requireRow(state.conversations, row.conversationId, 'conversation')
  const isAnswered = row.type === 'customer' && row.seq <= answeredSeq
  return (
    (filter.conversationId ?? row.conversationId) === row.conversationId &&
    (filter.type ?? row.type) === row.type &&
    (filter.isAiResponse ?? row.type === 'AI') === (row.type === 'AI') &&
    (filter.isAnswered ?? isAnswered) === isAnswered &&
    isUntil(filter.asOf, row.createdAt) &&
    isAt(filter.createdAt, row.createdAt) &&
    occursIn([row.content], filter.search)
  )
}

const compare = (a: MessageRow, b: MessageRow) =>
  a.createdAt.localeCompare(b.createdAt) || a.conversationId.localeCompare(b.conversationId) || a.seq - b.seq

function toRecord(state: MemoryState, row: MessageRow): MessageRecord {
  const conversation = requireRow(state.conversations, row.conversationId, 'conversation')
  const { metadata, inputTokens, outputTokens } = row.ai
  const ai = { metadata: { ...metadata }, inputTokens, outputTokens }
  return { ...toMessage(state, row), ...ai, conversation: toConversation(state, conversation) }
}
