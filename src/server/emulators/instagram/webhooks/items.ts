import type { Account } from '../world/account.ts'
import type { MediaStore } from '../world/media.ts'
import type { StoredAttachment, StoredMessage, Thread } from '../world/thread.ts'

/** The fields that an account can be subscribed to. */
export const FIELDS = [
  'messages',
  'messaging_postbacks',
  'messaging_seen',
  'message_reactions',
  'message_edit',
  'messaging_referral',
  'messaging_optins',
  'messaging_handover',
  'standby',
  'comments',
  'live_comments',
  'mentions',
  'story_insights',
] as const

/** An item as its customer sent it. */
export function fromCustomer(thread: Thread, timestamp: number, what: object): object {
  return { sender: { id: thread.igsid }, recipient: { id: thread.accountId }, timestamp, ...what }
}

/** An item as the account sent it: sender and recipient change places. */
function fromAccount(thread: Thread, timestamp: number, what: object): object {
  return { sender: { id: thread.accountId }, recipient: { id: thread.igsid }, timestamp, ...what }
}

export function messageItem(media: MediaStore, thread: Thread, message: StoredMessage): object {
  const told = { message: messageBody(media, message) }
  return message.from === 'customer'
    ? fromCustomer(thread, message.atMs, told)
    : fromAccount(thread, message.atMs, told)
}

export function unsentItem(thread: Thread, message: StoredMessage, nowMs: number): object {
  const { mid } = message
  return message.from === 'customer'
    ? fromCustomer(thread, nowMs, { message: { mid, is_deleted: true } })
    : fromAccount(thread, nowMs, { message: { mid, is_deleted: true, is_echo: true } })
}

function messageBody(media: MediaStore, message: StoredMessage): object {
  if (message.unsupported) return { mid: message.mid, ...echoMark(message), is_unsupported: true }
  return {
    mid: message.mid,
    ...echoMark(message),
    ...(message.text === null ? {} : { text: message.text }),
    ...(message.attachments.length === 0
      ? {}
      : { attachments: message.attachments.map((one) => attachmentBody(media, one)) }),
    ...(message.replyTo === null ? {} : { reply_to: message.replyTo }),
    ...(message.quickReplyPayload === null ? {} : { quick_reply: { payload: message.quickReplyPayload } }),
    ...(message.referral === null ? {} : { referral: message.referral }),
  }
}

function echoMark({ from, appId }: StoredMessage): object {
  if (from === 'customer') return {}
  return { is_echo: true, ...(appId === null ? {} : { app_id: Number(appId) }) }
}

function attachmentBody(media: MediaStore, attachment: StoredAttachment): object {
  const url = attachmentUrl(media, attachment)
  const { type, title, reelVideoId } = attachment
  const payload = {
    ...(url === null ? {} : { url }),
    ...(title === null ? {} : { title }),
    ...(reelVideoId === null ? {} : { reel_video_id: reelVideoId }),
  }
  return Object.keys(payload).length === 0 ? { type } : { type, payload }
}

/** A link that is good from now on, for a while. */
export function attachmentUrl(media: MediaStore, { assetId, url }: StoredAttachment): string | null {
  return assetId === null ? url : media.link(assetId)
}

/** Whether the app is told of this account's events of the field. */
export function isSubscribed(account: Account, field: string): boolean {
  return account.subscribedFields?.includes(field) ?? false
}
