import type { Attachment } from '../../contract/attachment.ts'
import { type Member, type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError } from '../errors.ts'
import { takeUpload } from '../security/budget.ts'
import { keepUpload, type UploadedFile } from './keep-upload.ts'

/** Files that one person may have waiting to be sent. */
export const MAX_UNSENT = 50

const WORDS = {
  gone: 'Conversation not found',
  tooLarge: 'The file is too large for this channel',
  notTaken: 'This channel takes no such files',
}

/** Whose the files and messages are that an actor brings. */
export const senderOf = ({ key, userId }: Member): string => (key ? `key:${key.id}` : `user:${userId}`)

export type Upload = UploadedFile & { conversationId: string }

/**
 * Takes a file in that is to be sent in a conversation. Not sent within a day it is removed. Errors: not_found,
 * rate_limited, conflict (too many unsent ones), too_large, invalid_input (empty, no readable picture, of a kind that the
 * channel does not take).
 */
export async function uploadAttachment(ctx: MemberCtx, upload: Upload): Promise<Attachment> {
  const { id: conversationId, workspaceId, source } = await requireReachable(ctx, upload.conversationId)
  await takeUpload(ctx)
  const about = { workspaceId, conversationId, source, uploader: senderOf(ctx.actor) }
  return keepUpload(ctx, { ...about, maxUnsent: MAX_UNSENT, words: WORDS }, upload)
}

async function requireReachable(ctx: MemberCtx, conversationId: string) {
  const found =
    /^\w{1,10}$/.test(conversationId) && (await ctx.conversations.find(workspaceIds(ctx), conversationId))
  if (!found) throw new DomainError('not_found', WORDS.gone)
  return found
}
