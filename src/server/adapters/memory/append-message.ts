import { isUnstorable } from '../../contract/characters.ts'
import type { AppendedMessage, MessageDraft } from '../../core/ports/journal.ts'
import { claimable } from './attachments.ts'
import { botAnswers } from './keys.ts'
import { queueDelivery } from './outbox.ts'
import { erased, isErased, requireOwned } from './owned.ts'
import type { ConversationRow, MessageRow } from './rows.ts'
import { instantOf, logEvent, type MemoryState, requireRow } from './state.ts'
import { toConversationState, toLiveEvent, toMessage } from './views.ts'

export function appendMessage(state: MemoryState, draft: MessageDraft): AppendedMessage {
  const conversation = requireOwned(state, draft.workspaceIds, draft.conversationId)
  const keys = keysOf(conversation, draft)
  const stored = keys.map((key) => state.messageKeys.get(key)).find((row) => row !== undefined)
  if (stored) return repeated(state, stored)
  if (isErased(state, conversation.id)) throw erased()
  if (isUnstorable(draft.content)) throw new Error('This text cannot be stored')
  const files = claimable(state, draft)
  const row = toRow(conversation, draft, instantOf(state))
  for (const file of files) file.messageId = row.id
  state.messages.set(row.id, row)
  for (const key of keys) state.messageKeys.set(key, row)
  place(state, conversation, row)
  if (draft.deliver && conversation.source !== 'website') queueDelivery(state, row, row.createdAt)
  const logged = {
    type: draft.hold ? ('message.held' as const) : ('message.sent' as const),
    conversationId: conversation.id,
    messageId: row.id,
    data: {},
  }
  const event = toLiveEvent(state, logEvent(state, row.workspaceId, { ...logged, at: row.createdAt }))
  return {
    workspaceId: row.workspaceId,
    conversation: toConversationState(conversation),
    message: toMessage(state, row),
    event,
    repeated: false,
  }
}

export const providerKey = (channelId: number | null, providerId: string) =>
  `provider ${channelId} ${providerId}`

export const clientKey = (conversationId: string, sender: string, clientId: string) =>
  `client ${conversationId} ${sender} ${clientId}`

const keysOf = (conversation: ConversationRow, { sender, clientId, providerId }: MessageDraft) => [
  ...(clientId === null ? [] : [clientKey(conversation.id, sender, clientId)]),
  ...(providerId === null || conversation.channelId === null
    ? []
    : [providerKey(conversation.channelId, providerId)]),
]

function repeated(state: MemoryState, row: MessageRow): AppendedMessage {
  const conversation = requireRow(state.conversations, row.conversationId, 'conversation')
  return {
    workspaceId: row.workspaceId,
    conversation: toConversationState(conversation),
    message: toMessage(state, row),
    event: null,
    repeated: true,
  }
}

const toRow = (conversation: ConversationRow, draft: MessageDraft, at: string): MessageRow => ({
  id: draft.id,
  workspaceId: conversation.workspaceId,
  conversationId: conversation.id,
  channelId: conversation.channelId,
  seq: conversation.lastSeq + 1,
  type: draft.type,
  kind: draft.contentKind,
  content: draft.content,
  sender: draft.sender,
  authorId: draft.author?.userId ?? null,
  clientId: draft.clientId,
  providerId: draft.providerId,
  ai: draft.ai ?? { metadata: {}, inputTokens: 0, outputTokens: 0 },
  hold: draft.hold ?? null,
  isHeld: draft.hold !== undefined,
  createdAt: at,
  editedAt: null,
  deletedAt: null,
  feedback: 'none',
  feedbackComment: '',
  feedbackAt: null,
  replyToId: draft.replyToId ?? null,
  edits: [],
  order: {},
  ...(draft.attachments && { attachments: structuredClone(draft.attachments) }),
  ...(draft.extras && { extras: structuredClone(draft.extras) }),
  deliveries: [],
})

function place(state: MemoryState, conversation: ConversationRow, row: MessageRow): void {
  conversation.thread.push(row)
  conversation.lastSeq = row.seq
  if (row.isHeld) return
  conversation.isHidden = false
  if (row.createdAt > conversation.updatedAt) conversation.updatedAt = row.createdAt
  if (row.type !== 'customer') return
  conversation.unreadCount += 1
  reopen(state, conversation)
}

/** What a customer says must not lie where nobody looks. */
export function reopen(state: MemoryState, conversation: ConversationRow): void {
  if (conversation.status !== 'closed') return
  conversation.status = botAnswers(state, conversation.workspaceId) ? 'active' : 'support_active'
}
