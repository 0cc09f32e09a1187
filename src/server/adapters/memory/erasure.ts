import type { Erased, Erasure } from '../../core/ports/erasure.ts'
import { amended } from './amend.ts'
import { dropAttachments } from './drop-attachments.ts'
import type { ConversationRow, CustomerRow } from './rows.ts'
import { instantOf, type MemoryState } from './state.ts'

const WHY = 'The customer was erased'
const UNKNOWN = {
  firstName: null,
  lastName: null,
  username: null,
  email: null,
  phoneNumber: null,
  description: null,
  bio: null,
  profilePicture: null,
}

/** Erasing customers of one process. */
export function createMemoryErasure(state: MemoryState): Erasure {
  const theirs = ({ customerId }: Erased) =>
    [...state.conversations.values()].filter((row) => row.customerId === customerId)
  const find = ({ workspaceId, customerId }: Erased) => {
    const row = state.customers.get(customerId)
    return row?.workspaceId === workspaceId ? row : undefined
  }
  const tell = (customer: Erased) => {
    const conversations = theirs(customer).map(({ id }) => id)
    const data = { customer: customer.customerId, conversations }
    const { event } = amended(state, customer.workspaceId, { type: 'customer.erased', data })
    for (const row of theirs(customer)) row.rev = event?.seq ?? row.rev
    return event
  }
  return {
    forgetRaw: async () => null,
    begin: async (customer, digest) => {
      const row = find(customer)
      if (!row) return null
      if (!row.erasedAt) blank(state, row, { digest, conversations: theirs(customer) })
      failQueued(state, row.id)
      return tell(customer)
    },
    conversations: async (customer) => theirs(customer).map(({ id, lastSeq }) => ({ id, length: lastSeq })),
    emptyMessages: async (conversationId, after, through) => {
      const thread = state.conversations.get(conversationId)?.thread ?? []
      const rows = thread.filter(({ seq }) => seq > after && seq <= through)
      for (const row of rows) emptyMessage(state, row)
      return rows.length
    },
    emptyEvents: async (workspaceId, conversationIds, { after, through }) => {
      for (const event of state.workspaces.get(workspaceId)?.log ?? [])
        if (event.seq > after && event.seq <= through && conversationIds.includes(event.conversationId ?? ''))
          delete event.data.result
    },
    eventRange: async (workspaceId) => {
      const { floor = 0, head = 0 } = state.workspaces.get(workspaceId) ?? {}
      return { after: floor, through: head }
    },
    emptySecurityNotes: async () => {},
    end: async (customer) => {
      const row = find(customer)
      if (!row?.erasedAt) return null
      row.erasureEndedAt = instantOf(state)
      return tell(customer)
    },
    unfinished: async (before, limit) =>
      [...state.customers.values()]
        .filter(
          ({ erasedAt, erasureEndedAt }) => erasedAt && !erasureEndedAt && Date.parse(erasedAt) < before,
        )
        .slice(0, limit)
        .map(({ id, workspaceId }) => ({ customerId: id, workspaceId })),
  }
}

interface Blanking {
  digest: string
  conversations: ConversationRow[]
}

function blank(state: MemoryState, row: CustomerRow, { digest, conversations }: Blanking): void {
  const at = instantOf(state)
  for (const event of state.inbox)
    if (event.channelId === row.channelId && event.sourceId === row.sourceId)
      Object.assign(event, {
        raw: '',
        sourceId: null,
        leaseTill: null,
        outcome: event.outcome ?? 'erased',
        parked: undefined,
      })
  const marks = {
    sourceId: digest,
    erasedAt: at,
    updatedAt: at,
    tags: [],
    data: {},
    unreachable: undefined,
  }
  Object.assign(row, UNKNOWN, marks)
  for (const conversation of conversations) {
    dropAttachments(state, ({ conversationId }) => conversationId === conversation.id)
    Object.assign(conversation, {
      title: `${row.source} - Customer ${row.id} | ${row.source}`,
      status: 'closed',
      channelId: null,
      answeredSeq: conversation.lastSeq,
      unreadCount: 0,
    })
  }
}

function failQueued(state: MemoryState, customerId: number): void {
  for (const row of state.deliveries) {
    if (row.customerId !== customerId || (row.state !== 'queued' && row.state !== 'sending')) continue
    Object.assign(row, { state: 'failed', leaseTill: null, error: WHY, result: undefined })
    for (const attempt of row.attempts)
      if (!attempt.endedAt)
        Object.assign(attempt, { endedAt: instantOf(state), outcome: 'failed', error: WHY })
  }
}

function emptyMessage(state: MemoryState, row: ConversationRow['thread'][number]): void {
  for (const [key, held] of state.messageKeys) if (held.id === row.id) state.messageKeys.delete(key)
  const deletedAt = row.deletedAt ?? instantOf(state)
  const emptied = { content: '', feedbackComment: '', clientId: null, providerId: null, deletedAt }
  Object.assign(row, emptied, { ai: { ...row.ai, metadata: {} }, edits: [], order: {} })
  delete row.attachments
  delete row.extras
  for (const delivery of row.deliveries) {
    Object.assign(delivery, { result: undefined, body: null, error: delivery.error === null ? null : WHY })
    for (const attempt of delivery.attempts) if (attempt.error !== null) attempt.error = WHY
  }
}
