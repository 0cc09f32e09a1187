import type { Attachment } from '../../contract/attachment.ts'
import { MAX_ATTACHMENTS } from '../../contract/attachment.ts'
import type { MessageKind } from '../../contract/message.ts'
import type { VisitorCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireContent } from '../messages/outgoing.ts'
import type { AppendedMessage } from '../ports/journal.ts'
import { holdOf, looksLikeSpam } from '../security/spam/hold.ts'
import { takeVisitorMessage } from './limits.ts'
import { meetVisitor, type VisitorMet } from './meet.ts'

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
  const attachments = await requireFiles(ctx, ids, { conversationId, sender })
  const hold = await holdOf(ctx, { customerId, text: content })
  const appended = await ctx.journal.appendMessage({
    kind: 'message',
    workspaceIds: [workspaceId],
    conversationId,
    id: ctx.ids.short(),
    type: 'customer',
    content,
    contentKind: kindOf(attachments),
    sender,
    author: null,
    clientId: saying.clientId,
    providerId: null,
    deliver: false,
    ...(attachments.length > 0 && { attachments }),
    ...(hold && { hold }),
  })
  ctx.feed.publish(workspaceId, appended.event)
  if (hold && !appended.repeated) noteHeld(ctx, appended, hold)
  return appended
}

type Place = Pick<VisitorMet, 'conversationId'> & { sender: string }

/** Their own, of this conversation; whether they were sent already is decided when the message is stored. */
async function requireFiles(
  ctx: VisitorCtx,
  ids: string[],
  { conversationId, sender }: Place,
): Promise<Attachment[]> {
  if (ids.length === 0) return []
  const found = await ctx.attachments.list([ctx.actor.workspaceId], ids)
  return ids.map((id) => {
    const file = found.find((one) => one.id === id)
    if (!file || file.uploader !== sender || file.conversationId !== conversationId || file.state !== 'ready')
      throw new DomainError('not_found', 'There is no such file')
    const { workspaceId: _, conversationId: __, messageId: ___, uploader: ____, ...attachment } = file
    return attachment
  })
}

const KINDS: Partial<Record<Attachment['kind'], MessageKind>> = {
  image: 'image',
  voice: 'voice',
  audio: 'voice',
  video: 'video',
  sticker: 'sticker',
}

const kindOf = ([first]: Attachment[]): MessageKind => (first ? (KINDS[first.kind] ?? 'file') : 'text')

function noteHeld(
  ctx: VisitorCtx,
  { message }: AppendedMessage,
  { score, reasons }: NonNullable<Awaited<ReturnType<typeof holdOf>>>,
): void {
  const { id, conversationId: conversation } = message
  const detail = { message: id, conversation, score, reasons: reasons.map(({ code }) => code) }
  const { workspaceId, address } = ctx.actor
  ctx.security.note({ kind: 'spam_held', workspaceId, userId: null, address, detail })
}
