import type {
  AmendDraft,
  ChangeDraft,
  MessageChangeDraft,
  MessageDraft,
  OpenDraft,
  OutcomeDraft,
} from '../../core/ports/journal.ts'

export type Draft = ChangeDraft | AmendDraft

/** A message as append_messages() takes it. */
export const toMessageInput = (draft: MessageDraft, ord: number) => ({
  ord,
  workspaces: draft.workspaceIds,
  conversation: draft.conversationId,
  id: draft.id,
  type: draft.type,
  kind: draft.contentKind,
  content: draft.content,
  sender: draft.sender,
  user: draft.author?.userId ?? null,
  client: draft.clientId,
  provider: draft.providerId,
  deliver: draft.deliver,
  metadata: draft.ai?.metadata,
  input_tokens: draft.ai?.inputTokens,
  output_tokens: draft.ai?.outputTokens,
  hold: draft.hold,
  extras: toExtras(draft),
  reply_to: draft.replyToId,
})

/** One column for what plain text has nothing of: undefined is stored as null. */
const toExtras = ({ extras, attachments }: MessageDraft): object | undefined =>
  extras || attachments ? { ...extras, ...(attachments && { attachments }) } : undefined

/** A change as append_changes() takes it. */
export function toChangeInput(draft: Draft, ord: number): object {
  switch (draft.kind) {
    case 'open':
      return { ord, op: 'open', ...toOpenInput(draft) }
    case 'outcome':
      return { ord, op: 'outcome', ...toOutcomeInput(draft) }
    case 'customer': {
      const { workspaceIds, customerId, fields, tagIds } = draft
      return { ord, op: 'customer', workspaces: workspaceIds, customer: customerId, fields, tags: tagIds }
    }
    case 'reach': {
      const { workspaceIds, customerId, reason } = draft
      return { ord, op: 'reach', workspaces: workspaceIds, customer: customerId, reason }
    }
    case 'delete_customer':
      return { ord, op: draft.kind, workspaces: draft.workspaceIds, customer: draft.customerId }
    default:
      return { ord, op: draft.kind, ...toConversationInput(draft) }
  }
}

const toOpenInput = (draft: OpenDraft) => ({
  conversation: draft.conversationId,
  workspace: draft.workspaceId,
  channel: draft.channelId,
  source: draft.source,
  source_id: draft.sourceId,
  first_name: draft.firstName,
  last_name: draft.lastName,
  username: draft.username,
  hidden: draft.isHidden ?? false,
  tag: draft.source.charAt(0).toUpperCase() + draft.source.slice(1),
})

const toOutcomeInput = (draft: OutcomeDraft) => ({
  conversation: draft.conversationId,
  workspaces: [draft.workspaceId],
  delivery: draft.deliveryId,
  attempt: draft.attempt,
  outcome: draft.outcome,
  error: draft.error,
  result: draft.result,
  provider: draft.providerId,
  delay_ms: draft.delayMs,
  code: draft.code,
  retry_after_ms: draft.retryAfterMs,
  next: draft.next,
  unreachable: draft.unreachable,
  human_agent: draft.isHumanAgent,
})

const toMessageChange = ({ messageId, deliver }: MessageChangeDraft) => ({ message: messageId, deliver })

const toOrder = (at: string | null): number | null => (at === null ? null : Date.parse(at))

type OfConversation = Exclude<Draft, { kind: 'open' | 'outcome' | 'customer' | 'delete_customer' | 'reach' }>

function toConversationInput(draft: OfConversation): object {
  const shared = { conversation: draft.conversationId, workspaces: draft.workspaceIds }
  switch (draft.kind) {
    case 'retry':
      return { ...shared, message: draft.messageId }
    case 'release':
    case 'discard':
      return { ...shared, message: draft.messageId, user: draft.userId }
    case 'read':
      return { ...shared, user: draft.userId, up_to: draft.upTo, always: draft.always }
    case 'seen':
      return { ...shared, up_to: draft.upTo }
    case 'status':
      return { ...shared, user: draft.userId, status: draft.status }
    case 'feedback':
      return { ...shared, message: draft.messageId, feedback: draft.feedback, comment: draft.comment }
    case 'edit':
      return { ...shared, ...toMessageChange(draft), content: draft.content, order: toOrder(draft.at) }
    case 'unsend':
      return { ...shared, ...toMessageChange(draft) }
    case 'react': {
      const { by, emojis, at } = draft
      return { ...shared, ...toMessageChange(draft), by, emojis, order: toOrder(at) }
    }
    case 'echo':
      return {
        ...shared,
        provider: draft.providerId,
        content: draft.content,
        has_file: draft.hasFile,
      }
    case 'delete':
      return shared
  }
}
