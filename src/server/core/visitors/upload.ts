import type { Attachment } from '../../contract/attachment.ts'
import { kindOn } from '../../contract/attachment-kind.ts'
import { CAPABILITIES } from '../../contract/capabilities.ts'
import { MAX_FILE_BYTES } from '../../contract/limits.ts'
import type { VisitorCtx } from '../context.ts'
import { DomainError, isDomainError } from '../errors.ts'
import { removeFiles } from '../files/remove-files.ts'
import { type Taken, takeIn } from '../files/take-in.ts'
import { takeVisitorUpload } from './limits.ts'
import { meetVisitor } from './meet.ts'

/** Files that one visitor may have waiting to be sent. */
export const MAX_VISITOR_UNSENT = 10
const UNNAMED = { mime: 'application/octet-stream', size: null, width: null, height: null, durationMs: null }

interface Upload {
  name: string | null
  bytes: AsyncIterable<Uint8Array>
}

/**
 * Takes a visitor's file in, to be sent in their own conversation; one that begins with it stays hidden until then. Errors:
 * rate_limited, conflict (too many unsent), too_large, invalid_input, not_found (the website is gone).
 */
export async function uploadAsVisitor(ctx: VisitorCtx, { name, bytes }: Upload): Promise<Attachment> {
  await takeVisitorUpload(ctx)
  const { conversationId, customerId } = await meetVisitor(ctx, { isHidden: true })
  const { workspaceId } = ctx.actor
  const uploader = `customer:${customerId}`
  if ((await ctx.attachments.countUnsent(workspaceId, uploader)) >= MAX_VISITOR_UNSENT)
    throw new DomainError('conflict', 'Too many files wait to be sent')
  const id = ctx.ids.uuid().replaceAll('-', '')
  // The row comes first: a file that a crash cuts short is found by it.
  const pending = { id, workspaceId, conversationId, uploader, kind: 'file' as const, name: '' }
  await ctx.attachments.add({ ...pending, ...UNNAMED, source: null })
  try {
    const found = await takeIn(ctx, { id, name, bytes, maxBytes: MAX_FILE_BYTES })
    const taken = { ...found, kind: kindOf(found) }
    if (!(await ctx.attachments.settle(id, taken)))
      throw new DomainError('not_found', 'This conversation is gone')
    const { sha256: _, ...shown } = taken
    return { ...shown, id, durationMs: null, reason: null }
  } catch (error) {
    await ctx.attachments.discard(workspaceId, uploader, id).catch(() => {})
    await removeFiles(ctx).catch(() => {})
    if (isDomainError(error)) throw error
    throw new DomainError('unavailable', 'The file could not be kept', { cause: error })
  }
}

function kindOf({ kind, mime, size }: Taken): Attachment['kind'] {
  const found = kindOn(CAPABILITIES.website, { kind, mime, size: size ?? 0 })
  if (found === 'too_large') throw new DomainError('too_large', 'The file is too large')
  if (!found) throw new DomainError('invalid_input', 'Such files are not taken')
  return found
}
