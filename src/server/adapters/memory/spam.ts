import type { HeldMessage } from '../../contract/spam.ts'
import type { Spam } from '../../core/ports/spam.ts'
import { byValue } from './matching.ts'
import type { HeldRow, MessageRow } from './rows.ts'
import { type MemoryState, requireRow } from './state.ts'
import { toCustomer } from './views.ts'

/** What is held as spam, in memory. */
export function createMemorySpam(state: MemoryState): Spam {
  const heldIn = (workspaceId: number) =>
    [...state.messages.values()].filter(
      (row): row is HeldRow => row.workspaceId === workspaceId && isOpen(row),
    )
  const history = async (customerId: number, limit: number) => {
    const theirs = [...state.conversations.values()].filter((row) => row.customerId === customerId)
    const said = theirs.flatMap(({ thread }) => thread.filter(({ type }) => type === 'customer'))
    const recent = said
      .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.seq - b.seq)
      .slice(-limit)
      .map(({ content, createdAt }) => ({ text: content, at: Date.parse(createdAt) }))
    const isTrusted = state.customers.get(customerId)?.isTrusted ?? false
    return { isTrusted, isKnown: said.some(({ isHeld }) => !isHeld), recent }
  }
  return {
    history,
    sender: async ({ workspaceId, channelId, sourceId }, limit) => {
      const customer = [...state.customers.values()].find(
        (row) => row.workspaceId === workspaceId && row.channelId === channelId && row.sourceId === sourceId,
      )
      const open = [...state.conversations.values()].find(
        (row) =>
          row.customerId === customer?.id &&
          row.channelId === channelId &&
          row.status !== 'closed' &&
          !row.isHidden,
      )
      if (!customer || !open || customer.unreachable !== undefined) return null
      const lacks = (['firstName', 'lastName', 'username'] as const).filter((name) => !customer[name])
      const found = { customerId: customer.id, conversationId: open.id, lacks }
      return { ...found, ...(await history(customer.id, limit)) }
    },
    list: async (workspaceId, { before, limit }) => {
      const rows = heldIn(workspaceId).toSorted(newestFirst)
      const isBelow = (row: MessageRow) =>
        !before || newestFirst({ ...row, id: before.id, createdAt: before.heldAt }, row) < 0
      const found = rows.filter(isBelow)
      return {
        rows: found.slice(0, limit).map((row) => toHeldMessage(state, row)),
        hasMore: found.length > limit,
      }
    },
    count: async (workspaceId) => heldIn(workspaceId).length,
    find: async (workspaceId, messageIds) =>
      messageIds.flatMap((id) => {
        const row = state.messages.get(id)
        if (!row?.hold || row.workspaceId !== workspaceId) return []
        const { conversationId, hold } = row
        const codes = hold.reasons.map(({ code }) => code)
        return [{ messageId: id, conversationId, score: hold.score, codes }]
      }),
    places: async (conversationId, limit) =>
      (state.conversations.get(conversationId)?.thread ?? [])
        .filter(isOpen)
        .map(({ seq }) => seq)
        .slice(-limit),
  }
}

/** True of a message that waits in Spam. */
const isOpen = ({ hold, isHeld, deletedAt }: MessageRow) => hold !== null && isHeld && deletedAt === null

const newestFirst = byValue<MessageRow>(({ createdAt }) => createdAt, true)

function toHeldMessage(state: MemoryState, row: HeldRow): HeldMessage {
  const { isHidden, title, customerId } = requireRow(state.conversations, row.conversationId, 'conversation')
  return {
    id: row.id,
    conversationId: row.conversationId,
    isConversationShown: !isHidden,
    title,
    kind: row.kind,
    content: row.content,
    channelName: state.channels.get(row.channelId ?? 0)?.name ?? null,
    customer: toCustomer(requireRow(state.customers, customerId, 'customer')),
    score: row.hold.score,
    reasons: row.hold.reasons,
    heldAt: row.createdAt,
  }
}
