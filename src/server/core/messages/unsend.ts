import type { Message, UnsendMessage } from '../../contract/message.ts'
import type { MemberCtx } from '../context.ts'
import { audit } from '../security/audit.ts'
import { takeMessage } from '../security/budget.ts'
import { changeMessage } from './change.ts'
import { requireOurs, requireTime } from './require-ours.ts'

/**
 * Takes a message of our side back, here and on its platform: an empty place stays. Cannot be undone.
 * Errors: invalid_input (a customer's message), rate_limited, not_found, forbidden (somebody else's), conflict (taken back
 * before, too old, or the channel does not allow it).
 */
export async function unsendMessage(ctx: MemberCtx, input: UnsendMessage): Promise<Message> {
  await takeMessage(ctx)
  const placed = await requireOurs(ctx, input.messageId)
  requireTime(ctx, placed.message, placed.platform.deleteFor)
  const { message, isChanged } = await changeMessage(ctx, placed.message, { kind: 'unsend' })
  if (isChanged) await audit(ctx, { action: 'message.taken_back', target: `message:${message.id}` })
  return message
}
