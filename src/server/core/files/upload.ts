import type { Attachment, AttachmentKind } from '../../contract/attachment.ts'
import { kindOn } from '../../contract/attachment-kind.ts'
import { CAPABILITIES } from '../../contract/capabilities.ts'
import type { Conversation } from '../../contract/conversation.ts'
import { MAX_FILE_BYTES } from '../../contract/limits.ts'
import { type Member, type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError, isDomainError } from '../errors.ts'
import type { NewAttachment } from '../ports/attachments.ts'
import { takeUpload } from '../security/budget.ts'
import { removeFiles } from './remove-files.ts'
import { type Taken, takeIn } from './take-in.ts'

/** Files that one person may have waiting to be sent. */
export const MAX_UNSENT = 50
const UNNAMED = { mime: 'application/octet-stream', size: null, width: null, height: null, durationMs: null }

/** Whose the files and messages are that an actor brings. */
export const senderOf = ({ key, userId }: Member): string => (key ? `key:${key.id}` : `user:${userId}`)

export interface Upload {
  conversationId: string
  name: string | null
  bytes: AsyncIterable<Uint8Array>
}

/**
 * Takes a file in that is to be sent in a conversation. Not sent within a day it is removed. Errors: not_found,
 * rate_limited, conflict (too many unsent ones), too_large, invalid_input (empty, no readable picture, of a kind that the
 * channel does not take).
 */
export async function uploadAttachment(ctx: MemberCtx, upload: Upload): Promise<Attachment> {
  const conversation = await requireReachable(ctx, upload.conversationId)
  await takeUpload(ctx)
  const uploader = senderOf(ctx.actor)
  const { workspaceId } = conversation
  if ((await ctx.attachments.countUnsent(workspaceId, uploader)) >= MAX_UNSENT)
    throw new DomainError('conflict', 'Too many files wait to be sent')
  const id = ctx.ids.uuid().replaceAll('-', '')
  const pending = {
    id,
    workspaceId,
    conversationId: conversation.id,
    uploader,
    kind: 'file' as const,
    name: '',
  }
  // The row comes first: a file that a crash cuts short is found by it.
  await ctx.attachments.add({ ...pending, ...UNNAMED, source: null })
  return keep(ctx, pending, { conversation, upload })
}

interface Keeping {
  conversation: Conversation
  upload: Upload
}

async function keep(
  ctx: MemberCtx,
  { id, workspaceId, uploader }: Pick<NewAttachment, 'id' | 'workspaceId' | 'uploader'>,
  { conversation, upload }: Keeping,
): Promise<Attachment> {
  try {
    const { bytes, name } = upload
    const found = await takeIn(ctx, { id, name, bytes, maxBytes: MAX_FILE_BYTES })
    const taken = { ...found, kind: kindFor(conversation, found) }
    if (!(await ctx.attachments.settle(id, taken)))
      throw new DomainError('not_found', 'Conversation not found')
    return toAttachment({ ...taken, id })
  } catch (error) {
    await ctx.attachments.discard(workspaceId, uploader, id).catch(() => {})
    await removeFiles(ctx).catch(() => {})
    throw isDomainError(error)
      ? error
      : new DomainError('unavailable', 'The file could not be kept', { cause: error })
  }
}

const toAttachment = ({ sha256: _, ...taken }: Taken & { id: string }): Attachment => ({
  ...taken,
  durationMs: null,
  reason: null,
})

async function requireReachable(ctx: MemberCtx, conversationId: string) {
  const found =
    /^\w{1,10}$/.test(conversationId) && (await ctx.conversations.find(workspaceIds(ctx), conversationId))
  if (!found) throw new DomainError('not_found', 'Conversation not found')
  return found
}

/** As what the channel's platform takes it, by the table that the composer reads too. */
function kindFor({ source }: Conversation, { kind, mime, size }: Taken): AttachmentKind {
  const found = kindOn(CAPABILITIES[source], { kind, mime, size: size ?? 0 })
  if (found === 'too_large') throw new DomainError('too_large', 'The file is too large for this channel')
  if (!found) throw new DomainError('invalid_input', 'This channel takes no such files')
  return found
}
