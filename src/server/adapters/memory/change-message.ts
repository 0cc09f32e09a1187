import { MAX_PAST_TEXTS, MAX_REACTIONS, type MessageExtras, type Reaction } from '../../contract/message.ts'
import type { MessageChangeDraft } from '../../core/ports/journal.ts'
import { changed } from './append-change.ts'
import { dropAttachments } from './drop-attachments.ts'
import { queueChange } from './outbox.ts'
import { erased, isErased, notFound, requireOwned } from './owned.ts'
import type { ConversationRow, DeliveryRow, MessageRow } from './rows.ts'
import { instantOf, logEvent, type MemoryState } from './state.ts'

type DraftOf<Kind extends MessageChangeDraft['kind']> = Extract<MessageChangeDraft, { kind: Kind }>
type Place = { state: MemoryState; conversation: ConversationRow; message: MessageRow; at: string }

/** Changes a message, and tells; what was taken back, and what an older change says, stays as it is. */
export function changeMessage(state: MemoryState, draft: MessageChangeDraft) {
  const conversation = requireChangeable(state, draft)
  const message = conversation.thread.find(({ id }) => id === draft.messageId)
  if (!message) throw notFound()
  const at = instantOf(state)
  const place = { state, conversation, message, at }
  if (message.deletedAt !== null || !change(place, draft)) return changed(state, conversation, null)
  const told = changed(state, conversation, { type: eventOf(message), messageId: message.id, at, data: {} })
  if (!draft.deliver || message.isHeld) return told
  queueChange(state, message, toHandOver(draft), at)
  return told
}

/** The conversation, where it is theirs and was not erased. */
export function requireChangeable(
  state: MemoryState,
  draft: { workspaceIds: number[]; conversationId: string },
): ConversationRow {
  const conversation = requireOwned(state, draft.workspaceIds, draft.conversationId)
  if (isErased(state, conversation.id)) throw erased()
  return conversation
}

function toHandOver(draft: MessageChangeDraft): Pick<DeliveryRow, 'op' | 'body'> {
  if (draft.kind === 'edit') return { op: 'edit', body: { content: draft.content } }
  if (draft.kind === 'unsend') return { op: 'delete', body: null }
  return { op: 'react', body: { emoji: draft.emojis[0] ?? null } }
}

function change(place: Place, draft: MessageChangeDraft): boolean {
  if (draft.kind === 'unsend') return unsend(place)
  const what = draft.kind
  const at = draft.at === null ? null : Date.parse(draft.at)
  const { order } = place.message
  if (at !== null && at < (order[what] ?? at)) return false
  if (at !== null) order[what] = at
  return draft.kind === 'edit' ? edit(place, draft.content) : react(place.message, draft)
}

function edit({ message, at: editedAt }: Place, content: string): boolean {
  if (message.content === content) return false
  message.edits = [...message.edits, { content: message.content, editedAt }].slice(-MAX_PAST_TEXTS)
  Object.assign(message, { content, editedAt })
  return true
}

function unsend({ state, conversation, message, at: deletedAt }: Place): boolean {
  for (const delivery of message.deliveries) {
    delivery.body = null
    if (delivery.state !== 'queued') continue
    Object.assign(delivery, { state: 'cancelled', leaseTill: null, next: null, error: null })
  }
  for (const later of conversation.thread) if (later.replyToId === message.id) emptyQuote(state, later)
  const metadata = { ...message.ai, metadata: {} }
  Object.assign(message, { content: '', ai: metadata, edits: [], order: {}, deletedAt })
  delete message.attachments
  delete message.extras
  dropAttachments(state, ({ messageId }) => messageId === message.id)
  return true
}

function emptyQuote(state: MemoryState, row: MessageRow): void {
  if (!row.extras?.quote?.text) return
  row.extras = { ...row.extras, quote: { ...row.extras.quote, text: '' } }
  const { workspaceId, conversationId, id: messageId } = row
  logEvent(state, workspaceId, {
    type: row.isHeld ? 'message.held' : 'message.changed',
    at: instantOf(state),
    conversationId,
    messageId,
    data: {},
  })
}

function react(message: MessageRow, { by, emojis }: DraftOf<'react'>): boolean {
  const before = message.extras?.reactions ?? []
  const kept = before.filter((one) => one.by !== by)
  const given = emojis.slice(0, MAX_REACTIONS / 2).map((emoji) => ({ by, emoji }))
  const reactions = by === 'customer' ? [...given, ...kept] : [...kept, ...given]
  if (JSON.stringify(reactions) === JSON.stringify(before)) return false
  setReactions(message, reactions)
  return true
}

function setReactions(message: MessageRow, reactions: Reaction[]): void {
  const { reactions: _, ...others } = message.extras ?? {}
  const extras: MessageExtras = reactions.length > 0 ? { ...others, reactions } : others
  delete message.extras
  if (Object.keys(extras).length > 0) message.extras = extras
}

/** Of what is held only the Spam page is told. */
function eventOf({ isHeld, deletedAt }: MessageRow) {
  if (!isHeld) return 'message.changed'
  return deletedAt === null ? 'message.held' : 'message.discarded'
}
