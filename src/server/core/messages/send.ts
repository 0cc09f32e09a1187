import { CAPABILITIES, FITS_EVERYWHERE } from '../../contract/capabilities.ts'
import { strip, utf8Bytes } from '../../contract/characters.ts'
import type { MessageExtras } from '../../contract/message.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireUploads } from '../files/require-uploads.ts'
import { senderOf } from '../files/upload.ts'
import type { AppendedMessage } from '../ports/journal.ts'
import { takeMessage } from '../security/budget.ts'
import { screenMessage } from '../security/screen.ts'
import { answerOf } from './answered.ts'
import { appendOutgoing, requireContent } from './outgoing.ts'
import { clientIdOf, kindOfMessage, type Part, partsOf } from './parts.ts'
import { requirePassage } from './window.ts'

export interface Sending {
  conversationId: string
  content: string
  type: 'support' | 'marketing'
  clientId: string | null
  /** Files of theirs that wait in this conversation. */
  attachmentIds?: string[]
  /** The message of the conversation that it answers. */
  replyToId?: string | undefined
}

/**
 * Stores a member's message, queues its delivery and tells everybody. What the channel cannot take in one becomes several;
 * the first is answered. A repeated `clientId` answers the stored message, and stores what of it was not. Errors:
 * invalid_input (empty, too long or unstorable text, spam), rate_limited, not_found (no such conversation, no such files of
 * theirs, no such message to answer), conflict (a file was sent already), window_closed (its platform lets nobody write now).
 */
export async function sendMessage(ctx: MemberCtx, input: Sending): Promise<AppendedMessage> {
  const { attachmentIds = [] } = input
  const isPlain = attachmentIds.length === 0 || strip(input.content) !== ''
  const content = isPlain ? requireContent(input.content) : ''
  await takeMessage(ctx)
  screenMessage(ctx, content)
  const extras = await requirePassage(ctx, input)
  const { replyToId, extras: quoted } = await answerOf(ctx, input)
  const passed = { ...input, replyToId: undefined, extras }
  const answering = { ...input, replyToId, extras: { ...extras, ...quoted } }
  if (attachmentIds.length === 0 && utf8Bytes(content) <= FITS_EVERYWHERE)
    return append(ctx, answering, { content, attachments: [] })
  const [first, ...others] = await toParts(ctx, input, content)
  if (!first) throw new DomainError('invalid_input', 'Message content cannot be empty')
  const appended = await append(ctx, answering, first)
  for (const [index, part] of others.entries())
    await append(ctx, { ...passed, clientId: clientIdOf(ctx, input.clientId, index + 2) }, part)
  return appended
}

async function toParts(ctx: MemberCtx, input: Sending, content: string): Promise<Part[]> {
  const conversation = await ctx.conversations.find(workspaceIds(ctx), input.conversationId)
  if (!conversation) throw new DomainError('not_found', 'Conversation not found')
  const { workspaceId, id: conversationId } = conversation
  const place = { workspaceId, conversationId, uploader: senderOf(ctx.actor) }
  const attachments = await requireUploads(ctx, place, input.attachmentIds ?? [])
  return partsOf(CAPABILITIES[conversation.source], content, attachments)
}

type Passed = Sending & { extras: MessageExtras }

function append(ctx: MemberCtx, input: Passed, { content, attachments }: Part): Promise<AppendedMessage> {
  const { userId, name } = ctx.actor
  return appendOutgoing(ctx, {
    conversationId: input.conversationId,
    type: input.type,
    content,
    sender: senderOf(ctx.actor),
    author: { userId, name },
    clientId: input.clientId,
    ...(Object.keys(input.extras).length > 0 && { extras: input.extras }),
    ...(input.replyToId !== undefined && { replyToId: input.replyToId }),
    ...(attachments.length > 0 && { attachments, contentKind: kindOfMessage(attachments) }),
  })
}
