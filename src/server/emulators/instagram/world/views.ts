import type { ThreadMessage, Thread as ThreadView } from '../control-types.ts'
import type { StoredAttachment, StoredMessage, Thread } from './thread.ts'

export function threadMessage(
  message: StoredMessage,
  urlOf: (attachment: StoredAttachment) => string | null,
): ThreadMessage {
  return {
    mid: message.mid,
    from: message.from,
    via: message.via,
    atMs: message.atMs,
    text: message.text,
    attachments: message.attachments.map((one) => ({
      type: one.type,
      url: urlOf(one),
      mediaId: one.mediaId,
      title: one.title,
    })),
    replyTo: structuredClone(message.replyTo),
    edits: message.edits,
    unsent: message.unsent,
    unsupported: message.unsupported,
    tagged: message.tagged,
    reactions: { ...message.reactions },
  }
}

export function threadView(thread: Thread, last: ThreadMessage | null): ThreadView {
  return {
    accountId: thread.accountId,
    igsid: thread.igsid,
    conversationId: thread.conversationId,
    customer: { ...thread.customer },
    blocked: thread.blocked,
    deleted: thread.deleted,
    lastCustomerMessageMs: thread.lastCustomerMessageMs,
    seenMid: thread.seenMid,
    accountSeenMid: thread.accountSeenMid,
    lastMessage: last,
  }
}
