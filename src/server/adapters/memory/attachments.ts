import { DomainError } from '../../core/errors.ts'
import type {
  Attachments,
  NewAttachment,
  Settlement,
  StoredAttachment,
} from '../../core/ports/attachments.ts'
import type { MessageDraft } from '../../core/ports/journal.ts'
import { amended } from './amend.ts'
import { dropAttachments } from './drop-attachments.ts'
import { erased, isErased, requireOwned } from './owned.ts'
import type { AttachmentRow } from './rows.ts'
import type { MemoryState } from './state.ts'

/** Files of messages of one process. */
export function createMemoryAttachments(state: MemoryState): Attachments {
  const all = () => [...state.attachments.values()]
  return {
    add: async (attachment) => add(state, attachment),
    find: async (id) => {
      const row = state.attachments.get(id)
      return row ? toStored(row) : null
    },
    list: async (workspaceIds, ids) =>
      all()
        .filter((row) => ids.includes(row.id) && workspaceIds.includes(row.workspaceId))
        .map(toStored),
    countUnsent: async (workspaceId, uploader) =>
      all().filter(
        (row) => row.messageId === null && row.workspaceId === workspaceId && row.uploader === uploader,
      ).length,
    settle: async (id, to) => settle(state, id, to),
    discard: async (workspaceId, uploader, id) =>
      dropAttachments(
        state,
        (row) =>
          row.id === id &&
          row.messageId === null &&
          row.workspaceId === workspaceId &&
          row.uploader === uploader,
      ) === 1,
    expireUnsent: async (before, limit) => {
      const old = all().filter((row) => row.messageId === null && row.createdAt < before)
      const ids = old.slice(0, limit).map(({ id }) => id)
      return dropAttachments(state, ({ id }) => ids.includes(id))
    },
    claimCopies: async (limit, leaseMs) =>
      all()
        .flatMap((row) => claim(state, row, leaseMs))
        .slice(0, limit),
    postponeCopy: async (id, delayMs) => {
      const row = state.attachments.get(id)
      if (row?.state === 'pending') row.nextAt = state.now() + delayMs
    },
    removals: async (lastBefore, limit) =>
      state.removals
        .filter((one) => !one.isRemoved || one.createdAt < lastBefore)
        .slice(0, limit)
        .map(({ id, key, createdAt }) => ({ id, key, isLast: createdAt < lastBefore })),
    endRemoval: async ({ id, isLast }) => {
      if (isLast) state.removals = state.removals.filter((one) => one.id !== id)
      for (const one of state.removals) if (one.id === id) one.isRemoved = true
    },
  }
}

function toStored(row: AttachmentRow): StoredAttachment {
  const { source: _, attempts: __, nextAt: ___, createdAt: ____, sha256: _____, ...stored } = row
  return stored
}

function add(state: MemoryState, given: NewAttachment): void {
  requireOwned(state, [given.workspaceId], given.conversationId)
  if (isErased(state, given.conversationId)) throw erased()
  const now = state.now()
  const fresh = { messageId: null, state: 'pending' as const, reason: null, hasThumb: false, sha256: null }
  state.attachments.set(given.id, { ...given, ...fresh, attempts: 0, nextAt: now, createdAt: now })
}

function claim(state: MemoryState, row: AttachmentRow, leaseMs: number) {
  const channelId = state.conversations.get(row.conversationId)?.channelId ?? null
  const isDue = row.state === 'pending' && row.messageId !== null && row.nextAt <= state.now()
  if (!isDue || row.source === null || channelId === null) return []
  row.attempts += 1
  row.nextAt = state.now() + leaseMs
  return [{ ...toStored(row), source: row.source, attempt: row.attempts, channelId }]
}

function settle(state: MemoryState, id: string, to: Settlement) {
  const row = state.attachments.get(id)
  if (row?.state !== 'pending') return null
  Object.assign(row, to, { source: null })
  const { workspaceId, messageId } = row
  const message = messageId === null ? undefined : state.messages.get(messageId)
  const shown = message?.attachments?.find((one) => one.id === id)
  if (!message || !shown) return { workspaceId, event: null }
  const { sha256: _, ...told } = { sha256: '', ...to }
  Object.assign(shown, told)
  if (message.isHeld) return { workspaceId, event: null }
  const { conversationId } = row
  return amended(state, workspaceId, { type: 'message.changed', conversationId, messageId })
}

/** The files that come with a message: all of them are its sender's to send, or it is refused. */
export function claimable(state: MemoryState, draft: MessageDraft): AttachmentRow[] {
  const wanted = draft.attachments ?? []
  const rows = wanted.flatMap(({ id }) => state.attachments.get(id) ?? [])
  const isFree = (row: AttachmentRow) =>
    row.messageId === null && row.conversationId === draft.conversationId && row.uploader === draft.sender
  if (new Set(rows).size === wanted.length && rows.every(isFree)) return rows
  throw new DomainError('conflict', 'A file was sent already, or is not there any more')
}
