import { ControlError, invalidInput, notFound } from '../../control-error.ts'
import type { NewMessage, Referral, ReplyTo } from '../control-types.ts'
import { fromCustomer, unsentItem } from '../webhooks/items.ts'
import { type Acting, addMessage, requireMessage, tell, tellMessage, view } from './acting.ts'
import { publishAll, withdrawAll } from './attachments.ts'
import { newMid } from './ids.ts'
import { newMessage, type StoredMessage } from './thread.ts'

type Told = { deliveryId: number | null }
type MessageTold = Told & { message: StoredMessage }

/** Names of reactions that Instagram gives besides the emoji. */
const REACTIONS: Record<string, string> = {
  '❤': 'love',
  '❤️': 'love',
  '😆': 'haha',
  '😂': 'haha',
  '😮': 'wow',
  '😢': 'sad',
  '😡': 'angry',
  '👍': 'like',
  '👎': 'dislike',
}

export function writeMessage(acting: Acting, input: NewMessage): MessageTold {
  const { world, nowMs } = acting
  requireOpen(acting)
  const { text, attachments = [], unsupported = false, quickReplyPayload, referral } = input
  if (!text && attachments.length === 0 && !unsupported) throw invalidInput('a message says something')
  const message = newMessage({
    mid: newMid(),
    from: 'customer',
    via: 'instagram',
    atMs: nowMs,
    text: text || null,
    replyTo: replyTarget(acting, input),
    attachments: publishAll(world.media, attachments),
    quickReplyPayload: quickReplyPayload ?? null,
    referral: referral ?? null,
    unsupported,
  })
  addMessage(acting, message)
  return { message, deliveryId: tellMessage(acting, message) }
}

export function editMessage(acting: Acting, { mid, text }: { mid: string; text: string }): MessageTold {
  const { world, thread, nowMs } = acting
  requireOpen(acting)
  const message = requireMessage(thread, mid)
  if (message.from !== 'customer') throw new ControlError(409, 'conflict', 'only own messages can be edited')
  if (message.text === null) throw new ControlError(409, 'conflict', 'only texts can be edited')
  if (text === '') throw invalidInput('text must not be empty')
  message.text = text
  message.edits += 1
  thread.events.append({ type: 'message_edited', message: view(world, message) })
  const num_edit = world.app.delivery.numEditAs === 'string' ? String(message.edits) : message.edits
  const item = fromCustomer(thread, nowMs, { message_edit: { mid, text, num_edit } })
  return { message, deliveryId: tell(acting, 'message_edit', item) }
}

/** Takes the message back, whoever of the two wrote it. */
export function unsendMessage(acting: Acting, mid: string): MessageTold {
  const { world, thread, nowMs } = acting
  const message = requireMessage(thread, mid)
  withdrawAll(world.media, message.attachments)
  Object.assign(message, { unsent: true, text: null, attachments: [], replyTo: null })
  thread.events.append({ type: 'message_unsent', message: view(world, message) })
  return { message, deliveryId: tell(acting, 'messages', unsentItem(thread, message, nowMs)) }
}

/** Null takes the reaction back. */
export function reactToMessage(
  acting: Acting,
  { mid, emoji, reaction }: { mid: string; emoji: string | null; reaction?: string },
): MessageTold {
  const { world, thread, nowMs } = acting
  requireOpen(acting)
  const message = requireMessage(thread, mid)
  message.reactions.customer = emoji
  thread.events.append({ type: 'reaction', message: view(world, message) })
  const name = emoji === null ? undefined : (reaction ?? REACTIONS[emoji] ?? 'other')
  const said = emoji === null ? { action: 'unreact' } : { action: 'react', reaction: name, emoji }
  const item = fromCustomer(thread, nowMs, { reaction: { mid, ...said } })
  return { message, deliveryId: tell(acting, 'message_reactions', item) }
}

/** The customer has seen everything up to the message; up to the account's newest unless told. */
export function seeMessages(acting: Acting, mid?: string): Told & { mid: string } {
  const { thread, nowMs } = acting
  const newest = thread.messages().findLast(({ from }) => from === 'account')?.mid
  const upTo = mid ?? newest
  if (upTo === undefined || thread.find(upTo) === null) throw notFound('message')
  thread.seenMid = upTo
  thread.events.append({ type: 'seen', by: 'customer', mid: upTo })
  const item = fromCustomer(thread, nowMs, { read: { mid: upTo } })
  return { mid: upTo, deliveryId: tell(acting, 'messaging_seen', item) }
}

export function pressButton(
  acting: Acting,
  { title, payload, mid }: { title: string; payload: string; mid?: string },
): Told {
  const { thread, nowMs } = acting
  requireOpen(acting)
  thread.lastCustomerMessageMs = nowMs
  const item = fromCustomer(thread, nowMs, { postback: { mid: mid ?? newMid(), title, payload } })
  return { deliveryId: tell(acting, 'messaging_postbacks', item) }
}

/** The customer came by a link, without a word. */
export function comeByLink(acting: Acting, referral: Referral): Told {
  requireOpen(acting)
  const item = fromCustomer(acting.thread, acting.nowMs, { referral })
  return { deliveryId: tell(acting, 'messaging_referral', item) }
}

function replyTarget({ world, thread }: Acting, input: NewMessage): ReplyTo | null {
  if (input.storyId !== undefined) {
    const [story] = publishAll(world.media, [{ type: 'story' }])
    const url = story?.assetId ? world.media.link(story.assetId) : ''
    return { story: { id: input.storyId, url } }
  }
  if (input.replyToMid === undefined) return null
  requireMessage(thread, input.replyToMid)
  return { mid: input.replyToMid }
}

function requireOpen({ thread }: Acting): void {
  if (thread.blocked) throw new ControlError(409, 'conflict', 'this customer has blocked the account')
}
