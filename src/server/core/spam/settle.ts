import type { AuditAction } from '../../contract/audit.ts'
import type { Settled, SettleSpam } from '../../contract/spam.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError, isDomainError } from '../errors.ts'
import type { FoundHold } from '../ports/spam.ts'
import { audit } from '../security/audit.ts'
import { canDelete, requireRight } from '../security/can.ts'

/**
 * Shows held messages at their own places: they are no spam, and their customers are trusted from now on. What was settled
 * before stays as it is. Answers those that are settled now. Errors: not_found (none of them is or was held here).
 */
export const releaseSpam = (ctx: MemberCtx, input: SettleSpam): Promise<Settled> =>
  settle(ctx, input, { kind: 'release', action: 'message.released' })

/** Deletes held messages for good. Errors: forbidden, not_found. */
export async function discardSpam(ctx: MemberCtx, input: SettleSpam): Promise<Settled> {
  requireRight(ctx, canDelete, 'Only owners and admins can delete messages')
  return settle(ctx, input, { kind: 'discard', action: 'message.discarded' })
}

interface How {
  kind: 'release' | 'discard'
  action: AuditAction
}

async function settle(ctx: MemberCtx, { messageIds }: SettleSpam, how: How): Promise<Settled> {
  const found = await ctx.spam.find(ctx.actor.workspaceId, [...new Set(messageIds)])
  const settled = await Promise.all(found.map((hold) => settleOne(ctx, hold, how)))
  const ids = settled.flatMap((id) => id ?? [])
  if (ids.length === 0) throw new DomainError('not_found', 'Message not found')
  return { messageIds: ids }
}

/** The id of the message; null where its conversation was deleted a moment ago. */
async function settleOne(ctx: MemberCtx, hold: FoundHold, { kind, action }: How): Promise<string | null> {
  const { workspaceId, userId } = ctx.actor
  const { messageId, conversationId, score, codes } = hold
  const draft = { kind, workspaceIds: [workspaceId], conversationId, messageId, userId }
  const appended = await ctx.journal.append(draft).catch((error: unknown) => {
    if (isDomainError(error) && error.code === 'not_found') return null
    throw error
  })
  if (!appended) return null
  ctx.feed.publish(workspaceId, appended.event)
  const before = { score, reasons: codes }
  if (appended.event) await audit(ctx, { action, target: `message:${messageId}`, before })
  return messageId
}
