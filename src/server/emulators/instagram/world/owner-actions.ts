import { invalidInput } from '../../control-error.ts'
import type { NewOwnerMessage } from '../control-types.ts'
import { type Acting, addMessage, requireMessage, tellMessage } from './acting.ts'
import { publishAll } from './attachments.ts'
import { newMid } from './ids.ts'
import { newMessage, type StoredMessage } from './thread.ts'

/** The owner types in the app, or another app sends: ours learns of it by the echo alone. */
export function writeAsOwner(
  acting: Acting,
  { text, attachments = [], replyToMid, appId }: NewOwnerMessage,
): { message: StoredMessage; deliveryId: number | null } {
  const { world, thread, nowMs } = acting
  if (!text && attachments.length === 0) throw invalidInput('a message says something')
  if (appId !== undefined && !/^\d{1,15}$/.test(appId)) throw invalidInput('appId must be up to 15 digits')
  if (replyToMid !== undefined) requireMessage(thread, replyToMid)
  const message = newMessage({
    mid: newMid(),
    from: 'account',
    via: 'app',
    atMs: nowMs,
    text: text || null,
    attachments: publishAll(world.media, attachments),
    replyTo: replyToMid === undefined ? null : { mid: replyToMid },
    appId: appId ?? null,
  })
  addMessage(acting, message)
  thread.deleted = false
  return { message, deliveryId: tellMessage(acting, message) }
}
