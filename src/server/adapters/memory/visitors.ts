import type { Visitors } from '../../core/ports/visitors.ts'
import type { ConversationRow, CustomerRow, MessageRow } from './rows.ts'
import { instantOf, type MemoryState } from './state.ts'
import { isShown } from './views.ts'

/** What websites ask about their visitors, of one process. */
export function createMemoryVisitors(state: MemoryState): Visitors {
  return {
    find: async (place) => {
      const customer = customerOf(state, place)
      return customer ? toThread(customer, threadOf(state, customer)) : null
    },
    adopt: async (from, sourceId) => {
      const find = (id: string) => customerOf(state, { ...from, sourceId: id })
      const customer = find(from.sourceId)
      if (!customer || find(sourceId)) return false
      Object.assign(customer, { sourceId, updatedAt: instantOf(state) })
      return true
    },
    isAllowedSomewhere: async (origin) =>
      [...state.channels.values()].some(
        ({ source, isDeleted, settings }) =>
          source === 'website' &&
          !isDeleted &&
          ((settings.allowedOrigins ?? []) as string[]).includes(origin),
      ),
    replyTimes: async (channelId, since) => {
      const threads = [...state.conversations.values()].filter((row) => row.channelId === channelId)
      const waits = threads
        .flatMap(({ thread }) => waitsOf(thread.filter(isShown), since))
        .toSorted((a, b) => a - b)
      return { count: waits.length, medianSeconds: medianOf(waits) }
    },
  }
}

const customerOf = (
  state: MemoryState,
  place: { workspaceId: number; channelId: number; sourceId: string },
) =>
  [...state.customers.values()].find(
    (row) =>
      row.workspaceId === place.workspaceId &&
      row.channelId === place.channelId &&
      row.sourceId === place.sourceId,
  )

function threadOf(state: MemoryState, { id, channelId }: CustomerRow): ConversationRow | undefined {
  const theirs = [...state.conversations.values()].filter(
    (row) => row.customerId === id && row.channelId === channelId,
  )
  const newest = theirs.toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
  return newest.find(({ status }) => status !== 'closed') ?? newest[0]
}

const toThread = ({ id, firstName, lastName, email }: CustomerRow, row: ConversationRow | undefined) => ({
  customerId: id,
  name: [firstName, lastName].filter(Boolean).join(' ') || null,
  email,
  conversationId: row?.id ?? null,
  lastSeq: row?.lastSeq ?? 0,
  answeredSeq: row?.answeredSeq ?? 0,
  seenSeq: row?.seenSeq ?? 0,
  unread: (row?.thread ?? []).filter((one) => isUnread(one, row?.seenSeq ?? 0)).length,
})

const isUnread = (row: MessageRow, seenSeq: number) =>
  isShown(row) && row.type !== 'customer' && row.seq > seenSeq && row.deletedAt === null

function waitsOf(thread: MessageRow[], since: number): number[] {
  const waits: number[] = []
  let asked = 0
  for (const [index, { type, createdAt }] of thread.entries()) {
    const before = thread[index - 1]?.type
    const at = Date.parse(createdAt)
    if (type === 'customer' && before !== 'customer') asked = at
    if (type === 'support' && before === 'customer' && at >= since) waits.push((at - asked) / 1_000)
  }
  return waits
}

function medianOf(sorted: number[]): number {
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}
