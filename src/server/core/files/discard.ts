import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { senderOf } from './upload.ts'

/** Takes back a file of one's own that was not sent. Errors: not_found. */
export async function discardUpload(ctx: MemberCtx, input: { id: string }): Promise<void> {
  const { workspaceId } = ctx.actor
  const isGone = await ctx.attachments.discard(workspaceId, senderOf(ctx.actor), input.id)
  if (!isGone) throw new DomainError('not_found', 'There is no such file')
}
