import type { DeliveryHistory, Message } from '../../contract/message.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'

/** A message of the workspace the member works in. */
export async function requireMessage(ctx: MemberCtx, id: string): Promise<Message> {
  const message = await ctx.messages.find([ctx.actor.workspaceId], id)
  if (!message) throw new DomainError('not_found', 'Message not found')
  return message
}

/** Every try and attempt of one message. Errors: not_found. */
export async function getDeliveryHistory(
  ctx: MemberCtx,
  input: { messageId: string },
): Promise<DeliveryHistory> {
  const message = await requireMessage(ctx, input.messageId)
  return { deliveries: await ctx.deliveries.history(message.id) }
}
