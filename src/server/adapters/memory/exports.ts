import type { ExportedConversation, ExportedMessage } from '../../contract/export.ts'
import type { Exports } from '../../core/ports/exports.ts'
import type { ConversationRow, MessageRow } from './rows.ts'
import type { MemoryState } from './state.ts'

/** A customer's data of one process. */
export const createMemoryExports = (state: MemoryState): Exports => ({
  conversations: async (customerId, after, limit) =>
    [...state.conversations.values()]
      .filter((row) => row.customerId === customerId && row.id > after)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit)
      .map((row) => toConversation(state, row)),
  messages: async (conversationId, after, limit) =>
    (state.conversations.get(conversationId)?.thread ?? [])
      .filter(({ seq }) => seq > after)
      .slice(0, limit)
      .map((row) => toExported(state, row)),
})

function toConversation(state: MemoryState, row: ConversationRow): ExportedConversation {
  const { id, title, status, source, priority, lastSeq, answeredSeq, createdAt, updatedAt } = row
  const known = row.channelId === null ? undefined : state.channels.get(row.channelId)
  const channel = known
    ? { id: known.id, source: known.source, name: known.name, username: known.username }
    : null
  const reads = [...state.readMarks]
    .map(([key, mark]) => ({ ...mark, place: key.split(' ') }))
    .filter(({ place }) => place[0] === id)
    .map(({ place, seq, at }) => ({ name: nameOf(state, Number(place[1])) ?? '', upTo: seq, at }))
  return { id, title, status, source, priority, channel, lastSeq, answeredSeq, createdAt, updatedAt, reads }
}

function toExported(state: MemoryState, row: MessageRow): ExportedMessage {
  const { workspaceId: _, conversationId: __, channelId: ___, sender: ____, ...rest } = row
  const { hold: _____, replyToId: ______, edits: _______, order: ________, ...shown } = rest
  const { isHeld: held, ai, authorId, ...message } = shown
  const deliveries = row.deliveries.map(({ state: rung, createdAt, error, attempts }) => ({
    state: rung,
    createdAt,
    error,
    attempts: attempts.map((attempt) => ({ ...attempt })),
  }))
  return { ...message, ...ai, held, author: nameOf(state, authorId), deliveries }
}

function nameOf(state: MemoryState, userId: number | null): string | null {
  const user = userId === null ? undefined : state.users.get(userId)
  return user ? `${user.firstName} ${user.lastName}`.trim() || null : null
}
