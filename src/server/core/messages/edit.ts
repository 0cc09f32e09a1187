import type { EditMessage, Message, PastText } from '../../contract/message.ts'
import { lengthFor } from '../../contract/split.ts'
import type { MemberCtx } from '../context.ts'
import { requireMessage } from '../delivery/history.ts'
import { DomainError } from '../errors.ts'
import { audit } from '../security/audit.ts'
import { takeMessage } from '../security/budget.ts'
import { screenMessage } from '../security/screen.ts'
import { changeMessage } from './change.ts'
import { requireContent } from './outgoing.ts'
import { isTheirOwn, type Placed, requireOurs, requireTime } from './require-ours.ts'

/**
 * Replaces the text of a message of our side, here and on its platform; the text before is kept.
 * Errors: invalid_input (no text, too long for the channel, a customer's message, spam), rate_limited, not_found, forbidden
 * (somebody else's), conflict (taken back, too old, or the channel does not allow it).
 */
export async function editMessage(ctx: MemberCtx, input: EditMessage): Promise<Message> {
  const content = requireContent(input.content)
  await takeMessage(ctx)
  screenMessage(ctx, content)
  const placed = await requireOurs(ctx, input.messageId)
  requireTime(ctx, placed.message, placed.platform.editFor)
  requireFits(placed, content)
  const { message, isChanged } = await changeMessage(ctx, placed.message, { kind: 'edit', content, at: null })
  if (isChanged && !isTheirOwn(ctx, message))
    await audit(ctx, { action: 'message.edited', target: `message:${message.id}` })
  return message
}

/** The texts that a message had before, the oldest first. Errors: not_found. */
export async function listPastTexts(ctx: MemberCtx, input: { messageId: string }): Promise<PastText[]> {
  const { id } = await requireMessage(ctx, input.messageId)
  return ctx.messages.edits(id)
}

// An edit stays one message, so it is never split.
function requireFits({ message, platform }: Placed, content: string): void {
  const { max, unit } = platform.text
  const length = lengthFor(content, { unit, formats: platform.formats })
  const most = message.attachments ? Math.min(platform.caption, max) : max
  if (length > most)
    throw new DomainError('invalid_input', 'This text is too long for one message of this channel')
}
