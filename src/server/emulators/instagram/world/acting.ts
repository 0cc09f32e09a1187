import { ControlError, notFound } from '../../control-error.ts'
import type { ThreadRef } from '../control-types.ts'
import { attachmentUrl, isSubscribed, messageItem } from '../webhooks/items.ts'
import type { Account } from './account.ts'
import { withdrawAll } from './attachments.ts'
import type { StoredMessage, Thread } from './thread.ts'
import { threadMessage } from './views.ts'
import type { World } from './world.ts'

/** Somebody acting in a thread at `nowMs`. */
export type Acting = { world: World; account: Account; thread: Thread; nowMs: number }

/** There must be room to tell of what is done here. */
export function actIn(world: World, { accountId, igsid }: ThreadRef): Acting {
  const account = world.getAccount(accountId)
  const thread = account.getThread(igsid)
  world.webhooks.requireRoom()
  return { world, account, thread, nowMs: world.surroundings.clock.now() }
}

/** Answers the delivery's id, or null when the app is not to be told. */
export function tell({ world, account }: Acting, field: string, item: object): number | null {
  if (!isSubscribed(account, field)) return null
  return world.webhooks.push({ accountId: account.id, list: 'messaging', item })
}

export function tellMessage(acting: Acting, message: StoredMessage): number | null {
  return tell(acting, 'messages', messageItem(acting.world.media, acting.thread, message))
}

/** Puts the message into the thread, for all who watch it. */
export function addMessage({ world, thread }: Acting, message: StoredMessage): void {
  const pushedOut = thread.add(message)
  if (pushedOut) withdrawAll(world.media, pushedOut.attachments)
  thread.events.append({ type: 'message', message: view(world, message) })
}

export function view({ media }: World, message: StoredMessage) {
  return threadMessage(message, (attachment) => attachmentUrl(media, attachment))
}

export function requireMessage(thread: Thread, mid: string): StoredMessage {
  const message = thread.find(mid)
  if (message === null) throw notFound('message')
  if (message.unsent) throw new ControlError(409, 'conflict', 'this message was unsent')
  return message
}
