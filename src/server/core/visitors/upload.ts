import type { Attachment } from '../../contract/attachment.ts'
import type { VisitorCtx } from '../context.ts'
import { keepUpload, type UploadedFile } from '../files/keep-upload.ts'
import { takeVisitorUpload } from './limits.ts'
import { meetVisitor } from './meet.ts'

/** Files that one visitor may have waiting to be sent. */
const MAX_VISITOR_UNSENT = 10

const WORDS = {
  gone: 'This conversation is gone',
  tooLarge: 'The file is too large',
  notTaken: 'Such files are not taken',
}

/**
 * Takes a visitor's file in, to be sent in their own conversation; one that begins with it stays hidden until then. Errors:
 * rate_limited, conflict (too many unsent), too_large, invalid_input, not_found (the website is gone).
 */
export async function uploadAsVisitor(ctx: VisitorCtx, file: UploadedFile): Promise<Attachment> {
  await takeVisitorUpload(ctx)
  const { conversationId, customerId } = await meetVisitor(ctx, { isHidden: true })
  const { workspaceId } = ctx.actor
  const about = {
    workspaceId,
    conversationId,
    source: 'website' as const,
    uploader: `customer:${customerId}`,
  }
  return keepUpload(ctx, { ...about, maxUnsent: MAX_VISITOR_UNSENT, words: WORDS }, file)
}
