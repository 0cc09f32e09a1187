import { CAPABILITIES, type Capabilities } from '../../contract/capabilities.ts'
import type { Message } from '../../contract/message.ts'
import type { MemberCtx } from '../context.ts'
import { requireMessage } from '../delivery/history.ts'
import { DomainError } from '../errors.ts'
import { canChangeOthers, requireRight } from '../security/can.ts'

/** A message of the workspace the member works in, and what its platform lets us do. */
export interface Placed {
  message: Message
  platform: Capabilities
}

/** The message, where it was not taken back. Errors: not_found, conflict. */
export async function requirePlaced(ctx: MemberCtx, messageId: string): Promise<Placed> {
  const message = await requireMessage(ctx, messageId)
  if (message.deletedAt !== null) throw new DomainError('conflict', 'This message was taken back')
  const conversation = await ctx.conversations.find([ctx.actor.workspaceId], message.conversationId)
  return { message, platform: CAPABILITIES[conversation?.source ?? 'unknown'] }
}

/** The same of a message of our side that the member may change: their own, or anybody's for an admin. Errors: forbidden, invalid_input too. */
export async function requireOurs(ctx: MemberCtx, messageId: string): Promise<Placed> {
  const placed = await requirePlaced(ctx, messageId)
  const { type } = placed.message
  if (type === 'customer')
    throw new DomainError('invalid_input', 'Only what your side wrote can be changed or taken back')
  if (!isTheirOwn(ctx, placed.message))
    requireRight(ctx, canChangeOthers, 'Only owners and admins can change what others wrote')
  return placed
}

export const isTheirOwn = ({ actor }: MemberCtx, { author }: Message): boolean =>
  author?.userId === actor.userId

/**
 * Throws conflict where the platform has the message and would not change it any more: `forMs` counts from when it was
 * stored, null is never. What it never got may always be changed.
 */
export function requireTime(ctx: MemberCtx, { delivery, createdAt }: Message, forMs: number | null): void {
  if (delivery?.state === 'failed') return
  if (forMs === null) throw new DomainError('conflict', 'This channel does not allow that')
  if (ctx.clock.now() - Date.parse(createdAt) > forMs)
    throw new DomainError('conflict', 'This message is too old for that on its channel')
}
