import type { Attachment, AttachmentKind } from '../../contract/attachment.ts'
import { kindOn } from '../../contract/attachment-kind.ts'
import { CAPABILITIES } from '../../contract/capabilities.ts'
import type { Source } from '../../contract/customer.ts'
import { MAX_FILE_BYTES } from '../../contract/limits.ts'
import { DomainError, isDomainError } from '../errors.ts'
import type { NewAttachment } from '../ports/attachments.ts'
import type { Ports } from '../ports.ts'
import { removeFiles } from './remove-files.ts'
import { type Taken, takeIn } from './take-in.ts'

const UNNAMED = { mime: 'application/octet-stream', size: null, width: null, height: null, durationMs: null }

export interface UploadedFile {
  name: string | null
  bytes: AsyncIterable<Uint8Array>
}

/** Where a file is to be sent, and whose it is. */
interface Destination {
  workspaceId: number
  conversationId: string
  source: Source
  uploader: string
  /** Files that the uploader may have waiting to be sent. */
  maxUnsent: number
  words: Words
}

/** What the uploader is told: a member knows of channels, a visitor does not. */
interface Words {
  gone: string
  tooLarge: string
  notTaken: string
}

type KeepCtx = Pick<Ports, 'attachments' | 'files' | 'media' | 'ids' | 'clock'>

/**
 * Takes in a file that is to be sent; one that is not sent within a day is removed. Errors: conflict (too many unsent ones),
 * too_large, invalid_input (empty, no readable picture, of a kind that the channel does not take), not_found (the
 * conversation went meanwhile).
 */
export async function keepUpload(ctx: KeepCtx, to: Destination, file: UploadedFile): Promise<Attachment> {
  const { workspaceId, conversationId, uploader } = to
  if ((await ctx.attachments.countUnsent(workspaceId, uploader)) >= to.maxUnsent)
    throw new DomainError('conflict', 'Too many files wait to be sent')
  const id = ctx.ids.uuid().replaceAll('-', '')
  const pending: NewAttachment = {
    ...UNNAMED,
    id,
    workspaceId,
    conversationId,
    uploader,
    kind: 'file',
    name: '',
    source: null,
  }
  // The row comes first: a file that a crash cuts short is found by it.
  await ctx.attachments.add(pending)
  try {
    return await takeTo(ctx, id, { to, file })
  } catch (error) {
    await ctx.attachments.discard(workspaceId, uploader, id).catch(() => {})
    await removeFiles(ctx).catch(() => {})
    throw isDomainError(error)
      ? error
      : new DomainError('unavailable', 'The file could not be kept', { cause: error })
  }
}

async function takeTo(
  ctx: KeepCtx,
  id: string,
  { to, file: { name, bytes } }: { to: Destination; file: UploadedFile },
): Promise<Attachment> {
  const found = await takeIn(ctx, { id, name, bytes, maxBytes: MAX_FILE_BYTES })
  const taken = { ...found, kind: kindFor(to, found) }
  if (!(await ctx.attachments.settle(id, taken))) throw new DomainError('not_found', to.words.gone)
  const { sha256: _, ...shown } = taken
  return { ...shown, id, durationMs: null, reason: null }
}

/** As what the channel's platform takes it, by the table that the composer reads too. */
function kindFor({ source, words }: Destination, { kind, mime, size }: Taken): AttachmentKind {
  const found = kindOn(CAPABILITIES[source], { kind, mime, size: size ?? 0 })
  if (found === 'too_large') throw new DomainError('too_large', words.tooLarge)
  if (!found) throw new DomainError('invalid_input', words.notTaken)
  return found
}
