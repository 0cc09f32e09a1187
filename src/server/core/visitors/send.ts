import { MAX_ATTACHMENTS } from '../../contract/attachment.ts'
import type { VisitorCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireUploads } from '../files/require-uploads.ts'
import { requireContent } from '../messages/outgoing.ts'
import { kindOfMessage } from '../messages/parts.ts'
import type { AppendedMessage } from '../ports/journal.ts'
import { holdOf, looksLikeSpam } from '../security/spam/hold.ts'
import { noteHeld } from '../security/spam/note-held.ts'
import { takeVisitorMessage } from './limits.ts'
import { meetVisitor } from './meet.ts'

interface Saying {
  clientId: string
  content: string
  /** Ids of what they uploaded. */
  attachmentIds?: string[]
}

/**
 * Stores what a visitor says; their conversation begins with the first message. What looks like spam is stored too, and
 * held: they see no refusal. A repeated `clientId` answers the stored message. Errors: invalid_input, rate_limited,
 * not_found (the website or a file is gone), conflict (a file was sent already).
 */
export async function sendAsVisitor(ctx: VisitorCtx, saying: Saying): Promise<AppendedMessage> {
  const ids = [...new Set(saying.attachmentIds ?? [])]
  // A file may go without a word.
  const content = ids.length > 0 && saying.content === '' ? '' : requireContent(saying.content)
  if (ids.length > MAX_ATTACHMENTS) throw new DomainError('invalid_input', 'Too many files at once')
  await takeVisitorMessage(ctx)
  const { conversationId, customerId } = await meetVisitor(ctx, { isHidden: looksLikeSpam(ctx, content) })
  const { workspaceId } = ctx.actor
  const sender = `customer:${customerId}`
  const attachments = await requireUploads(ctx, { workspaceId, conversationId, uploader: sender }, ids)
  const hold = await holdOf(ctx, { customerId, text: content })
  const appended = await ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: [workspaceId],
    conversationId,
    id: ctx.ids.short(),
    type: 'customer',
    content,
    contentKind: kindOfMessage(attachments),
    sender,
    author: null,
    clientId: saying.clientId,
    providerId: null,
    deliver: false,
    ...(attachments.length > 0 && { attachments }),
    ...(hold && { hold }),
  })
  ctx.feed.publish(workspaceId, appended.event)
  if (hold && !appended.repeated) noteHeld(ctx, appended, { hold, address: ctx.actor.address })
  return appended
}
